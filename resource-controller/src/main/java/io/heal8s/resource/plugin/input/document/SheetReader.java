// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.document;

import io.heal8s.resource.plugin.InputSink.Key;
import io.heal8s.resource.plugin.InputSink.Origin;
import io.heal8s.resource.plugin.InputSink.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads documents of JSON or YAML (several, or lists of them) with the fields {@code name}, {@code
 * resource_type_name}, {@code resource_type_version}, {@code spec} and, if wanted, {@code
 * action_plugin}, {@code plugin_config} and {@code metadata.labels}. A field that is none is told,
 * because it is most often one that was misspelled.
 */
public final class SheetReader {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SPEC = "spec";
  private static final String CONFIG = "plugin_config";
  private static final String PLUGIN = "action_plugin";
  private static final String METADATA = "metadata";
  private static final List<String> REQUIRED =
      List.of("name", "resource_type_name", "resource_type_version");
  private static final Set<String> KNOWN =
      Set.of("name", "resource_type_name", "resource_type_version", SPEC, CONFIG, PLUGIN, METADATA);

  private final @Nullable String source;

  /**
   * Makes a reader.
   *
   * @param source that all documents come from; null where what is left out is not deleted
   */
  public SheetReader(@Nullable String source) {
    this.source = source;
  }

  /** Reads a part; whatever is wrong with it is in the answer. */
  public Sheet read(String part, String text) {
    List<JsonNode> documents;
    try {
      documents = documents(text);
    } catch (YamlEngineException e) {
      return Sheet.unreadable(part, "is no YAML: " + firstLine(e.getMessage()));
    } catch (JacksonException e) {
      return Sheet.unreadable(part, "is no JSON: " + firstLine(e.getOriginalMessage()));
    }
    List<Wanted> wanted = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      String where = documents.size() == 1 ? "" : "document " + (i + 1) + ": ";
      List<String> complaints = complaints(documents.get(i));
      complaints.forEach(complaint -> problems.add(where + complaint));
      if (complaints.isEmpty()) {
        wanted.add(wanted(part, documents.get(i)));
      }
    }
    return new Sheet(part, wanted, problems);
  }

  private static List<JsonNode> documents(String text) {
    String stripped = text.strip();
    List<JsonNode> documents = new ArrayList<>();
    if (stripped.startsWith("{") || stripped.startsWith("[")) {
      // YAML would do, but for tabs.
      add(documents, JSON.readTree(stripped));
      return documents;
    }
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
      if (document != null) {
        add(documents, JSON.valueToTree(document));
      }
    }
    return documents;
  }

  private static void add(List<JsonNode> documents, JsonNode document) {
    if (document.isArray()) {
      document.forEach(documents::add);
    } else {
      documents.add(document);
    }
  }

  private static List<String> complaints(JsonNode document) {
    if (!document.isObject()) {
      return List.of(
          "must be an object with name, resource_type_name, resource_type_version, spec");
    }
    List<String> complaints = new ArrayList<>();
    for (String field : REQUIRED) {
      if (!document.path(field).isString() || document.path(field).stringValue().isBlank()) {
        complaints.add(field + " must be a text");
      }
    }
    if (!document.path(SPEC).isObject()) {
      complaints.add("spec must be an object");
    }
    if (document.has(CONFIG) && !document.path(CONFIG).isObject()) {
      complaints.add("plugin_config must be an object");
    }
    if (document.has(PLUGIN) && !document.path(PLUGIN).isString()) {
      complaints.add("action_plugin must be a text");
    }
    JsonNode metadata = document.path(METADATA);
    boolean labels =
        metadata.isMissingNode()
            || metadata.isObject()
                && metadata.propertyNames().stream().allMatch("labels"::equals)
                && metadata.path("labels").valueStream().allMatch(JsonNode::isString);
    if (!labels) {
      complaints.add("metadata may hold labels alone, an object of texts");
    }
    document.propertyNames().stream()
        .filter(field -> !KNOWN.contains(field))
        .forEach(field -> complaints.add("unknown field " + field));
    return complaints;
  }

  private Wanted wanted(String part, JsonNode document) {
    Map<String, String> labels = new TreeMap<>();
    document
        .path(METADATA)
        .path("labels")
        .properties()
        .forEach(label -> labels.put(label.getKey(), label.getValue().stringValue()));
    JsonNode config = document.path(CONFIG);
    return new Wanted(
        new Key(
            document.path("resource_type_name").stringValue(),
            document.path("resource_type_version").stringValue(),
            document.path("name").stringValue()),
        document.path(PLUGIN).asString(""),
        document.path(SPEC),
        config.isObject() ? config : JsonNodeFactory.instance.objectNode(),
        labels,
        source == null ? null : new Origin(source, part));
  }

  private static String firstLine(@Nullable String message) {
    return message == null
        ? ""
        : message.lines().map(String::strip).limit(3).reduce("", SheetReader::joined);
  }

  private static String joined(String left, String right) {
    return left.isEmpty() ? right : left + " " + right;
  }
}
