// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an alert says for itself, taken from its payload; raw text, to be made inert by whoever
 * shows it.
 */
final class Evidence {

  private static final List<String> ANNOTATIONS =
      List.of("summary", "description", "message", "runbook_url");

  private Evidence() {}

  /** Lines {@code name: text}; empty when the payload has none or is no JSON object. */
  static List<String> of(Alert alert) {
    List<String> lines = new ArrayList<>();
    JsonObject payload = object(alert.payload());
    JsonElement annotations = payload.get("annotations");
    if (annotations != null && annotations.isJsonObject()) {
      for (String name : ANNOTATIONS) {
        add(lines, name, annotations.getAsJsonObject().get(name));
      }
    }
    JsonElement labels = payload.get("labels");
    if (labels != null && labels.isJsonObject()) {
      List<String> pairs = new ArrayList<>();
      for (Map.Entry<String, JsonElement> label : labels.getAsJsonObject().entrySet()) {
        pairs.add(label.getKey() + "=" + text(label.getValue()));
      }
      lines.add("labels: " + String.join(", ", pairs));
    }
    add(lines, "source", payload.get("generatorURL"));
    return lines;
  }

  private static void add(List<String> lines, String name, @Nullable JsonElement value) {
    String text = value == null ? "" : text(value);
    if (!text.isBlank()) {
      lines.add(name + ": " + text);
    }
  }

  private static String text(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private static JsonObject object(@Nullable String json) {
    if (json == null) {
      return new JsonObject();
    }
    try {
      JsonElement element = JsonParser.parseString(json);
      return element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
    } catch (JsonParseException e) {
      // People write Remediations by hand; a payload that is no JSON is no evidence and no error.
      return new JsonObject();
    }
  }
}
