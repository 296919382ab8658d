// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.gateway.intent.IncomingAlert;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the answer to a delivery: one entry for each alert, in the order of the delivery. */
final class AnswerJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_TEXT = 256;

  private AnswerJson() {}

  /** {@code {"alerts":[…]}}. */
  static byte[] accepted(DeliveryReport report) {
    return write(json -> alerts(json, report));
  }

  /** Problem details with the member {@code alerts}. */
  static byte[] unavailable(DeliveryReport report) {
    return write(
        json -> {
          json.writeStringProperty("type", "about:blank");
          json.writeStringProperty("title", "Service Unavailable");
          json.writeNumberProperty("status", 503);
          json.writeStringProperty(
              "detail",
              report.failed()
                  + " of "
                  + report.answers().size()
                  + " alerts could not be committed now; send the delivery again, what is committed"
                  + " already stays as it is");
          alerts(json, report);
        });
  }

  private static byte[] write(java.util.function.Consumer<JsonGenerator> members) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void alerts(JsonGenerator json, DeliveryReport report) {
    json.writeArrayPropertyStart("alerts");
    for (AlertAnswer answer : report.answers()) {
      json.writeStartObject();
      IncomingAlert alert = answer.alert();
      text(json, "alertname", alert.name());
      text(json, "fingerprint", alert.fingerprint());
      result(json, answer.result());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void result(JsonGenerator json, Result result) {
    switch (result) {
      case Result.Created created -> outcome(json, "created", created.namespace(), created.name());
      case Result.Exists exists -> outcome(json, "exists", exists.namespace(), exists.name());
      case Result.Resolved resolved -> {
        outcome(json, "resolved", resolved.namespace(), null);
        names(json, resolved.names());
      }
      case Result.Skipped skipped -> {
        outcome(json, "skipped", null, null);
        json.writeStringProperty("reason", skipped.reason().name());
        text(json, "message", skipped.message());
      }
      case Result.Failed failed -> {
        outcome(json, "failed", null, null);
        json.writeStringProperty("reason", failed.trouble().name());
        text(json, "message", failed.message());
      }
    }
  }

  private static void outcome(
      JsonGenerator json, String outcome, @Nullable String namespace, @Nullable String name) {
    json.writeStringProperty("outcome", outcome);
    if (namespace != null) {
      json.writeStringProperty("namespace", namespace);
    }
    if (name != null) {
      json.writeStringProperty("name", name);
    }
  }

  private static void names(JsonGenerator json, List<String> names) {
    json.writeArrayPropertyStart("names");
    names.forEach(json::writeString);
    json.writeEndArray();
  }

  /** What a sender chose is cut, and cannot make the answer unwritable. */
  private static void text(JsonGenerator json, String name, String text) {
    String cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    StringBuilder plain = new StringBuilder(cut.length());
    cut.codePoints()
        .filter(c -> Character.getType(c) != Character.SURROGATE)
        .forEach(plain::appendCodePoint);
    json.writeStringProperty(name, plain.toString());
  }
}
