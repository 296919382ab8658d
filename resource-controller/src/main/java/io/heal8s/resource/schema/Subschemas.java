// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The schemas inside a schema: below keywords, not inside values such as {@code enum}'s. */
final class Subschemas {

  private static final Set<String> ONE =
      Set.of(
          "additionalItems",
          "additionalProperties",
          "contains",
          "contentSchema",
          "else",
          "if",
          "items",
          "not",
          "propertyNames",
          "then",
          "unevaluatedItems",
          "unevaluatedProperties");

  private static final Set<String> BY_NAME =
      Set.of(
          "$defs",
          "definitions",
          "dependencies",
          "dependentSchemas",
          "patternProperties",
          "properties");

  private static final Set<String> LIST = Set.of("allOf", "anyOf", "items", "oneOf", "prefixItems");

  private Subschemas() {}

  /** This schema and all below it. */
  static Stream<JsonNode> all(JsonNode schema) {
    return Stream.concat(
        Stream.of(schema),
        schema
            .propertyStream()
            .flatMap(
                entry -> {
                  JsonNode value = entry.getValue();
                  if (value.isObject() && BY_NAME.contains(entry.getKey())
                      || value.isArray() && LIST.contains(entry.getKey())) {
                    return value.valueStream().flatMap(Subschemas::all);
                  }
                  return value.isObject() && ONE.contains(entry.getKey())
                      ? all(value)
                      : Stream.empty();
                }));
  }
}
