// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.kubernetes;

import io.heal8s.resource.plugin.ActionRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills placeholders such as {@code {{spec.size}}} or {@code {{name}}} into texts of a manifest. It
 * works on values, not on text, so that whatever stands in a spec stays the value it is. A text
 * that is one placeholder becomes the value with its type.
 */
final class Template {

  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{\\{\\s*([A-Za-z0-9_.-]{1,200})\\s*}}");

  private final ActionRequest request;

  Template(ActionRequest request) {
    this.request = request;
  }

  /**
   * The node with everything filled in.
   *
   * @throws IllegalArgumentException when there is no such value
   */
  JsonNode fill(JsonNode node) {
    if (node.isString()) {
      return text(node.stringValue());
    }
    if (node.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      node.forEach(each -> array.add(fill(each)));
      return array;
    }
    if (node.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(field -> object.set(field.getKey(), fill(field.getValue())));
      return object;
    }
    return node;
  }

  private JsonNode text(String text) {
    Matcher matcher = PLACEHOLDER.matcher(text);
    if (matcher.matches()) {
      return value(matcher.group(1));
    }
    matcher.reset();
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      JsonNode value = value(matcher.group(1));
      matcher.appendReplacement(
          filled,
          Matcher.quoteReplacement(value.isString() ? value.stringValue() : value.toString()));
    }
    matcher.appendTail(filled);
    return JsonNodeFactory.instance.stringNode(filled.toString());
  }

  private JsonNode value(String path) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (path) {
      case "name" -> json.stringNode(request.resourceName());
      case "type" -> json.stringNode(request.typeName());
      case "version" -> json.stringNode(request.typeVersion());
      case "generation" -> json.numberNode(request.generation());
      default -> ofSpec(path);
    };
  }

  private JsonNode ofSpec(String path) {
    String[] words = path.split("\\.", -1);
    if (!words[0].equals("spec")) {
      throw new IllegalArgumentException(
          "{{%s}}: there are name, type, version, generation, spec and spec.…".formatted(path));
    }
    JsonNode node = request.spec();
    for (int i = 1; i < words.length; i++) {
      node =
          node.isArray() && words[i].matches("\\d{1,4}")
              ? node.path(Integer.parseInt(words[i]))
              : node.path(words[i]);
    }
    if (node.isMissingNode()) {
      throw new IllegalArgumentException("{{%s}}: the spec has no such field".formatted(path));
    }
    return node;
  }
}
