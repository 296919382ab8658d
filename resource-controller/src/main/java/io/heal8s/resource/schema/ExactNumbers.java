// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whole numbers that were written with an exponent and fit no {@code long}, as whole numbers: the
 * library gives up on them where it compares integers.
 */
final class ExactNumbers {

  /** Two to the power of 63. */
  private static final double FIRST_BEYOND_LONG = 0x1p63;

  private ExactNumbers() {}

  /** The same value; the given one is not changed. */
  static JsonNode of(JsonNode value) {
    return value.isContainer() && holdsAny(value) ? replaced(value) : exact(value);
  }

  private static boolean holdsAny(JsonNode value) {
    return value.isContainer()
        ? value.valueStream().anyMatch(ExactNumbers::holdsAny)
        : isBeyond(value);
  }

  private static boolean isBeyond(JsonNode value) {
    return value.isFloatingPointNumber() && Math.abs(value.doubleValue()) >= FIRST_BEYOND_LONG;
  }

  private static JsonNode exact(JsonNode value) {
    return isBeyond(value)
        ? JsonNodeFactory.instance.numberNode(value.decimalValue().toBigInteger())
        : value;
  }

  private static JsonNode replaced(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(entry -> copy.set(entry.getKey(), replaced(entry.getValue())));
      return copy;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> copy.add(replaced(element)));
      return copy;
    }
    return exact(value);
  }
}
