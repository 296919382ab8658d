// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.callwebhook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.k8shealer.remediation.Detector;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.operator.intent.WebhookCall;
import io.heal8s.operator.plan.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a call: timestamp, targetApp, stateChange, trigger and action, then the members of
 * the payload over them at the top level. Templates stand in texts and names of the payload and are
 * replaced there once, by texts that the JSON writer then escapes; what is not known stays as it
 * is. A payload of a few lines may name one long value a thousand times, so what is filled in is
 * counted while it is.
 */
public final class WebhookBody {

  /** Longest body, in bytes. */
  public static final int MOST_BYTES = 256 * 1024;

  // Blanks are taken off afterwards: as a part of the pattern they make it try all ways to share
  // them out.
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{([^{}]*+)}}");

  // As Python's isoformat: no fraction when it is 0, else six digits.
  private static final DateTimeFormatter WHOLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'");

  private final WebhookCall call;
  private final String name;
  private final String namespace;
  private final String timestamp;

  // What may still be filled in, in UTF-16 units, each of which is a byte of the body or more;
  // below 0 once it was too much.
  private int room = MOST_BYTES;

  private WebhookBody(WebhookCall call, String name, String namespace, String timestamp) {
    this.call = call;
    this.name = name;
    this.namespace = namespace;
    this.timestamp = timestamp;
  }

  /**
   * The body of a call that a Remediation asks for, as it is sent.
   *
   * @return empty where it would be longer than {@link #MOST_BYTES}
   */
  public static Optional<String> text(Remediation remediation, WebhookCall call) {
    Detector detector = remediation.spec().detector();
    Target target = remediation.spec().target();
    String told = call.context().timestamp();
    Instant asked = Timestamps.asked(remediation);
    return new WebhookBody(
            call,
            detector == null ? target.name() : detector.name(),
            target.namespace(),
            told.isEmpty() ? WHOLE.format(asked.atOffset(ZoneOffset.UTC)) : told)
        .text();
  }

  private Optional<String> text() {
    JsonObject body = build();
    if (room < 0) {
      return Optional.empty();
    }
    String text = body.toString();
    return text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
        ? Optional.of(text)
        : Optional.empty();
  }

  private JsonObject build() {
    JsonObject body = new JsonObject();
    body.addProperty("timestamp", timestamp);
    JsonObject app = new JsonObject();
    app.addProperty("name", name);
    app.addProperty("namespace", namespace);
    body.add("targetApp", app);
    if (call.context().stateChange() != null) {
      body.add("stateChange", call.context().stateChange());
    }
    if (call.context().trigger() != null) {
      body.add("trigger", call.context().trigger());
    }
    body.addProperty("action", "webhook");
    filled(call.payload()).getAsJsonObject().asMap().forEach(body::add);
    return body;
  }

  private JsonElement filled(JsonElement element) {
    return switch (element) {
      case JsonObject object -> {
        JsonObject copy = new JsonObject();
        object.asMap().forEach((key, value) -> copy.add(filled(key), filled(value)));
        yield copy;
      }
      case JsonArray list -> {
        JsonArray copy = new JsonArray();
        list.forEach(one -> copy.add(filled(one)));
        yield copy;
      }
      case JsonPrimitive one when one.isString() -> new JsonPrimitive(filled(one.getAsString()));
      default -> element;
    };
  }

  private String filled(String text) {
    Matcher variable = VARIABLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    int rest = 0;
    while (room >= 0 && variable.find()) {
      String value = value(variable.group(1).strip(), variable.group());
      room -= value.length();
      if (room >= 0) {
        filled.append(text, rest, variable.start()).append(value);
        rest = variable.end();
      }
    }
    return filled.append(text, rest, text.length()).toString();
  }

  private String value(String path, String unknown) {
    return switch (path) {
      case "tapp_name" -> name;
      case "namespace" -> namespace;
      case "timestamp" -> timestamp;
      default -> stateValue(path, unknown);
    };
  }

  private String stateValue(String path, String unknown) {
    Map<String, JsonElement> variables = call.context().variables();
    JsonElement value = variables.get(path);
    if (value == null) {
      return unknown;
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }
}
