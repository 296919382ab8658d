// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills in what a schema gives as {@code default}. Only properties that are certain to apply are
 * looked at: those of the schema itself, of its {@code allOf} and of local references, never those
 * of a branch that might not be taken.
 */
final class Defaults {

  /** A schema that refers to itself would be followed for ever. */
  private static final int DEEPEST = 64;

  private final JsonNode root;

  Defaults(JsonNode root) {
    this.root = root;
  }

  JsonNode applied(JsonNode spec) {
    JsonNode copy = spec.deepCopy();
    fill(root, copy, 0);
    return copy;
  }

  private void fill(JsonNode schema, JsonNode value, int depth) {
    if (depth > DEEPEST || !schema.isObject()) {
      return;
    }
    target(schema).ifPresent(referred -> fill(referred, value, depth + 1));
    schema.path("allOf").forEach(part -> fill(part, value, depth + 1));
    if (value instanceof ObjectNode object) {
      schema
          .path("properties")
          .properties()
          .forEach(property -> fillProperty(object, property.getKey(), property.getValue(), depth));
    } else if (value.isArray() && schema.path("items").isObject()) {
      value.forEach(element -> fill(schema.path("items"), element, depth + 1));
    }
  }

  private void fillProperty(ObjectNode object, String name, JsonNode schema, int depth) {
    if (!object.has(name)) {
      JsonNode fallback = resolved(schema).path("default");
      if (fallback.isMissingNode()) {
        return;
      }
      object.set(name, fallback.deepCopy());
    }
    fill(schema, object.path(name), depth + 1);
  }

  private JsonNode resolved(JsonNode schema) {
    return schema.has("default") ? schema : target(schema).orElse(schema);
  }

  private Optional<JsonNode> target(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    if (!reference.startsWith("#/")) {
      return Optional.empty();
    }
    JsonNode found = root.at(reference.substring(1));
    return found.isMissingNode() ? Optional.empty() : Optional.of(found);
  }
}
