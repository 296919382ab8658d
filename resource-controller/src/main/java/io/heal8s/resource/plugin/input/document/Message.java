// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.document;

import io.heal8s.resource.plugin.InputSink;
import io.heal8s.resource.plugin.InputSink.Key;
import io.heal8s.resource.plugin.InputSink.Receipt;
import io.heal8s.resource.plugin.InputSink.Wanted;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One message of a queue: a document as JSON, with {@code event_type} created, updated (which mean
 * the same: so it shall be) or deleted, for which the three names are enough.
 */
public sealed interface Message {

  /** So it shall be. */
  record Apply(Wanted wanted) implements Message {}

  /** It shall not be. */
  record Delete(Key key) implements Message {}

  /** It cannot be understood. */
  record Unclear(String problem) implements Message {}

  /** Reads one. */
  static Message read(String text) {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      return new Unclear("is no JSON");
    }
    if (json == null || !json.isObject()) {
      return new Unclear("is no JSON object");
    }
    ObjectNode document = ((ObjectNode) json).deepCopy();
    JsonNode type = document.remove("event_type");
    String event = type == null ? "updated" : type.asString("");
    return switch (event) {
      case "created", "updated" -> apply(document);
      case "deleted" -> delete(document);
      default -> new Unclear("event_type must be created, updated or deleted");
    };
  }

  private static Message apply(ObjectNode document) {
    Sheet sheet = new SheetReader(null).read("", document.toString());
    return sheet.problems().isEmpty()
        ? new Apply(sheet.wanted().getFirst())
        : new Unclear(String.join("; ", sheet.problems()));
  }

  private static Message delete(ObjectNode document) {
    List<String> names = List.of("resource_type_name", "resource_type_version", "name");
    for (String name : names) {
      if (!document.path(name).isString()) {
        return new Unclear(name + " must be a text");
      }
    }
    return new Delete(
        new Key(
            document.path("resource_type_name").stringValue(),
            document.path("resource_type_version").stringValue(),
            document.path("name").stringValue()));
  }

  /** Does as it says. */
  static Receipt deliver(String text, InputSink sink) {
    return switch (read(text)) {
      case Apply(Wanted wanted) -> sink.apply(wanted);
      case Delete(Key key) -> sink.delete(key, null);
      case Unclear(String problem) -> new Receipt.Refused(problem);
    };
  }
}
