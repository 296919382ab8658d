// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.gateway.intent.AlertIntent.CreateRemediation;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the objects that the gateway creates, straight to the bytes that go out. */
final class RemediationJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_BYTES = 4096;

  private RemediationJson() {}

  /**
   * The object of an attempt.
   *
   * @param name of the attempt
   */
  static byte[] write(CreateRemediation intent, String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("apiVersion", Remediation.API_VERSION);
      json.writeStringProperty("kind", Remediation.KIND);
      json.writeObjectPropertyStart("metadata");
      json.writeStringProperty("name", name);
      json.writeStringProperty("namespace", intent.namespace());
      texts(json, "labels", intent.labels());
      json.writeEndObject();
      json.writeObjectPropertyStart("spec");
      spec(json, intent.spec());
      json.writeEndObject();
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void spec(JsonGenerator json, RemediationSpec spec) {
    if (spec.alert() != null) {
      alert(json, spec.alert());
    }
    target(json, spec.target());
    json.writeName("action");
    action(json, spec.action());
    strategy(json, spec.strategy());
    text(json, "trace", spec.trace());
    List<ActionSpec> escalate = spec.escalate();
    if (escalate != null && !escalate.isEmpty()) {
      json.writeArrayPropertyStart("escalate");
      escalate.forEach(action -> action(json, action));
      json.writeEndArray();
    }
  }

  private static void alert(JsonGenerator json, Alert alert) {
    json.writeObjectPropertyStart("alert");
    json.writeStringProperty("name", alert.name());
    json.writeStringProperty("fingerprint", alert.fingerprint());
    json.writeStringProperty("source", alert.source());
    text(json, "severity", alert.severity() == null ? null : alert.severity().name());
    text(json, "alertId", alert.alertId());
    text(json, "startsAt", alert.startsAt() == null ? null : Rfc3339.of(alert.startsAt()));
    text(json, "payload", alert.payload());
    json.writeEndObject();
  }

  private static void target(JsonGenerator json, Target target) {
    json.writeObjectPropertyStart("target");
    text(json, "apiVersion", target.apiVersion());
    json.writeStringProperty("kind", target.kind());
    json.writeStringProperty("name", target.name());
    json.writeStringProperty("namespace", target.namespace());
    text(json, "container", target.container());
    json.writeEndObject();
  }

  private static void action(JsonGenerator json, ActionSpec action) {
    json.writeStartObject();
    text(json, "type", action.type() == null ? null : action.type().name());
    if (!action.params().isEmpty()) {
      texts(json, "params", action.params());
    }
    if (action.arguments() != null) {
      json.writeName("arguments");
      free(json, action.arguments());
    }
    if (action.argumentsFrom() != null) {
      argumentsFrom(json, action.argumentsFrom());
    }
    json.writeEndObject();
  }

  private static void argumentsFrom(JsonGenerator json, ArgumentsFrom from) {
    json.writeObjectPropertyStart("argumentsFrom");
    json.writeStringProperty("kind", from.kind());
    json.writeStringProperty("name", from.name());
    text(json, "uid", from.uid());
    json.writeNumberProperty("actionIndex", from.actionIndex());
    json.writeStringProperty("sha256", from.sha256());
    json.writeEndObject();
  }

  private static void strategy(JsonGenerator json, Strategy strategy) {
    json.writeObjectPropertyStart("strategy");
    json.writeStringProperty("mode", strategy.modeOrDefault().name());
    json.writeBooleanProperty("requireApproval", strategy.approvalRequired());
    text(json, "environment", strategy.environment());
    text(json, "ttl", strategy.ttl());
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, Map<String, String> texts) {
    json.writeObjectPropertyStart(name);
    texts.forEach(json::writeStringProperty);
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, @Nullable String text) {
    if (text != null) {
      json.writeStringProperty(name, text);
    }
  }

  /** A free object, as Gson reads it from a policy. */
  private static void free(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean truth -> json.writeBoolean(truth);
      case Long number -> json.writeNumber(number);
      case Integer number -> json.writeNumber(number);
      case Double number when number == Math.rint(number) && Math.abs(number) < 1L << 53 ->
          // Gson reads every number as a double; 3 must not become 3.0.
          json.writeNumber(number.longValue());
      case Number number -> json.writeNumber(number.doubleValue());
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(element -> free(json, element));
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach(
            (key, element) -> {
              json.writeName(String.valueOf(key));
              free(json, element);
            });
        json.writeEndObject();
      }
      default -> json.writeString(value.toString());
    }
  }
}
