// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.AppAction.ActionName;
import io.heal8s.core.api.kco.targetapp.AppAction.IncludeState;
import io.heal8s.graphql.change.StatePath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

/**
 * What an action is told of its edge: {@code timestamp}, {@code stateChange} as the original's
 * webhook body has it, {@code variables} for its templates. It never holds what the TargetApp's
 * parameters hold (addresses, headers), and is at most 128 KiB; all that wait together fit into one
 * object of the API server.
 */
final class EdgeContext {

  /** Longest context in bytes of UTF-8. */
  static final int MAX_BYTES = 128 * 1024;

  /**
   * Of all contexts that wait in one status. Quotes are escaped once more there, and etcd takes 1.5
   * MiB.
   */
  static final int MAX_WAITING_BYTES = 512 * 1024;

  /** Enough for what cannot be left out. */
  private static final int MIN_BYTES = 512;

  /** Escaped characters of names may take six bytes each, and all else wants its room. */
  private static final int BYTES_PER_CHARACTER_OF_NAMES = 8;

  // As Python's isoformat: no fraction when it is 0, else six digits.
  private static final DateTimeFormatter WHOLE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'");
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'");

  private EdgeContext() {}

  /**
   * The share of one context.
   *
   * @param left what the others have left of {@link #MAX_WAITING_BYTES}
   * @param sharing how many have to share it, this one among them; at least 1
   */
  static int share(int left, int sharing) {
    return Math.clamp(left / sharing, MIN_BYTES, MAX_BYTES);
  }

  /** Bytes of UTF-8. */
  static int size(String context) {
    return context.getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * The context as compact JSON.
   *
   * @param maxBytes as {@link #share} has it; a larger one is cut, which it says
   */
  static String of(AppAction action, Moment moment, int maxBytes) {
    IncludeState include =
        action.action() == ActionName.webhook ? action.includeStateOrDefault() : IncludeState.none;
    int names = maxBytes / BYTES_PER_CHARACTER_OF_NAMES;
    String whole = json(action, moment, include, false, names);
    if (fits(whole, maxBytes)) {
      return whole;
    }
    String cut =
        include == IncludeState.none
            ? whole
            : json(action, moment, IncludeState.changed, true, names);
    if (fits(cut, maxBytes)) {
      return cut;
    }
    String bare = json(action, moment, IncludeState.none, true, names);
    return fits(bare, maxBytes) ? bare : withoutVariables(bare);
  }

  private static boolean fits(String text, int maxBytes) {
    return text.length() <= maxBytes / 3 || size(text) <= maxBytes;
  }

  private static String withoutVariables(String context) {
    JsonObject json = JsonParser.parseString(context).getAsJsonObject();
    json.add("variables", new JsonObject());
    return json.toString();
  }

  private static String json(
      AppAction action, Moment moment, IncludeState include, boolean truncated, int maxNames) {
    JsonObject change = new JsonObject();
    change.addProperty("isInitial", moment.initial());
    JsonArray fields = told(moment.changed(), maxNames);
    change.add("changedFields", fields);
    if (moment.pod() != null) {
      change.addProperty("pod", moment.pod());
    }
    switch (include) {
      case none -> {}
      case changed -> {
        change.add("newState", only(moment.changed(), moment.state()));
        if (!moment.initial() && moment.before() != null) {
          change.add("oldState", only(moment.changed(), moment.before()));
        }
      }
      case all -> {
        change.add("newState", moment.state());
        if (!moment.initial() && moment.before() != null) {
          change.add("oldState", moment.before());
        }
      }
    }
    if (truncated || fields.size() < moment.changed().size()) {
      change.add("truncated", new JsonPrimitive(true));
    }
    JsonObject context = new JsonObject();
    context.addProperty("timestamp", timestamp(moment.now()));
    context.add("stateChange", change);
    context.add("variables", TemplateVariables.of(action.parametersOrEmpty(), moment.state()));
    return context.toString();
  }

  private static JsonArray told(List<String> changed, int maxNames) {
    JsonArray fields = new JsonArray();
    int length = 0;
    for (String field : changed) {
      length += field.length();
      if (length > maxNames) {
        break;
      }
      fields.add(field);
    }
    return fields;
  }

  /** The state with nothing but these fields in it, where they were. */
  private static JsonObject only(List<String> paths, JsonObject state) {
    JsonObject picked = new JsonObject();
    for (String path : paths) {
      StatePath parsed = StatePath.parse(path);
      JsonElement value = parsed.read(state);
      if (value != null) {
        put(picked, parsed.stepsIn(state), path, value);
      }
    }
    return picked;
  }

  // Changed paths have keys only: a list is one field.
  private static void put(
      JsonObject into, List<StatePath.Step> steps, String path, JsonElement value) {
    JsonObject at = into;
    for (int i = 0; i < steps.size(); i++) {
      if (!(steps.get(i) instanceof StatePath.Step.Key(String name))) {
        into.add(path, value);
        return;
      }
      if (i == steps.size() - 1) {
        at.add(name, value);
      } else if (at.get(name) instanceof JsonObject inside) {
        at = inside;
      } else {
        JsonObject inside = new JsonObject();
        at.add(name, inside);
        at = inside;
      }
    }
  }

  static String timestamp(Instant at) {
    OffsetDateTime utc = at.atOffset(ZoneOffset.UTC);
    return (utc.getNano() < 1000 ? WHOLE : MICROS).format(utc);
  }

  /** The parts as the parameters of a Remediation, each as a text. */
  static Map<String, String> parameters(String context) {
    JsonObject json = JsonParser.parseString(context).getAsJsonObject();
    return Map.of(
        "timestamp", json.get("timestamp").getAsString(),
        "stateChange", json.get("stateChange").toString(),
        "variables", json.get("variables").toString());
  }
}
