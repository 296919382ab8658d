// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Fills an answer up with what its schema demands: GitHub's objects have dozens of required fields
 * that say nothing here. What is filled in is null where that is allowed, else empty, zero or an
 * address that leads nowhere, so that no client can take it for a fact.
 *
 * @param address where addresses that must be there lead to
 */
record Completion(Schemas schemas, String address) {

  private static final String SOME_TIME = "2026-01-01T00:00:00Z";

  JsonNode complete(JsonNode reference, JsonNode sparse) {
    JsonNode schema = schemas.resolved(reference);
    if (sparse.isArray()) {
      ArrayNode items = JsonNodeFactory.instance.arrayNode();
      JsonNode one = items(schema);
      sparse.forEach(item -> items.add(one.isMissingNode() ? item : complete(one, item)));
      return items;
    }
    if (!(sparse instanceof ObjectNode given)) {
      return sparse;
    }
    ObjectNode filled = given.deepCopy();
    fill(schema, filled);
    return filled;
  }

  private JsonNode items(JsonNode schema) {
    JsonNode all = schema.has("oneOf") ? schema.path("oneOf") : schema.path("anyOf");
    return all.valueStream()
        .map(schemas::resolved)
        .filter(one -> one.has("items"))
        .map(one -> one.path("items"))
        .findFirst()
        .orElse(schema.path("items"));
  }

  private void fill(JsonNode schema, ObjectNode filled) {
    for (JsonNode part : schema.path("allOf")) {
      fill(schemas.resolved(part), filled);
    }
    alternative(schema, filled).ifPresent(chosen -> fill(chosen, filled));
    JsonNode properties = schema.path("properties");
    for (JsonNode name : schema.path("required")) {
      if (!filled.has(name.stringValue())) {
        filled.set(name.stringValue(), least(properties.path(name.stringValue())));
      }
    }
    for (String name : filled.propertyNames().stream().toList()) {
      if (properties.has(name)) {
        filled.set(name, complete(properties.path(name), filled.path(name)));
      }
    }
  }

  /** Of several schemas the one that names the value's type, else the first that takes objects. */
  private Optional<JsonNode> alternative(JsonNode schema, @Nullable ObjectNode value) {
    JsonNode all = schema.has("oneOf") ? schema.path("oneOf") : schema.path("anyOf");
    JsonNode fallback = null;
    for (JsonNode reference : all) {
      JsonNode one = schemas.resolved(reference);
      JsonNode types = one.path("properties").path("type").path("enum");
      String type = value == null ? "" : value.path("type").asString("");
      if (!type.isEmpty() && types.valueStream().anyMatch(t -> t.asString().equals(type))) {
        return Optional.of(one);
      }
      boolean fits = value == null || one.has("properties") || one.has("allOf");
      fallback = fallback == null && fits ? one : fallback;
    }
    return Optional.ofNullable(fallback);
  }

  /** The emptiest value that a schema allows. */
  private JsonNode least(JsonNode reference) {
    JsonNode schema = schemas.resolved(reference);
    if (schema.path("nullable").asBoolean(false)) {
      return NullNode.getInstance();
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(0);
    }
    return switch (schema.path("type").asString("")) {
      case "string" -> StringNode.valueOf(text(schema));
      case "integer", "number" -> IntNode.valueOf(schema.path("minimum").asInt(0));
      case "boolean" -> BooleanNode.FALSE;
      case "array" -> JsonNodeFactory.instance.arrayNode();
      default -> object(schema);
    };
  }

  private JsonNode object(JsonNode schema) {
    Optional<JsonNode> chosen = alternative(schema, null);
    if (chosen.isPresent() && !schema.has("properties")) {
      return least(chosen.get());
    }
    ObjectNode empty = JsonNodeFactory.instance.objectNode();
    fill(schema, empty);
    return empty;
  }

  private String text(JsonNode schema) {
    return switch (schema.path("format").asString("")) {
      case "uri" -> address;
      case "date-time" -> SOME_TIME;
      case "email" -> "nobody@example.org";
      default -> "";
    };
  }
}
