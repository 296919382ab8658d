// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.conversion;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as CEL sees it, and back. */
final class CelValues {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CelValues() {}

  static Object of(JsonNode json) {
    if (json.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      json.properties().forEach(entry -> map.put(entry.getKey(), of(entry.getValue())));
      return map;
    }
    if (json.isArray()) {
      List<Object> list = new ArrayList<>(json.size());
      json.forEach(element -> list.add(of(element)));
      return list;
    }
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    if (json.isIntegralNumber() && json.canConvertToLong()) {
      return json.longValue();
    }
    if (json.isNumber()) {
      return json.doubleValue();
    }
    return json.isString() ? json.stringValue() : NullValue.NULL_VALUE;
  }

  /**
   * JSON of a result.
   *
   * @throws ConversionException for what JSON has no form for
   */
  static JsonNode json(Object value) throws ConversionException {
    return switch (value) {
      case NullValue _ -> JSON.nullNode();
      case com.google.protobuf.NullValue _ -> JSON.nullNode();
      case String text -> JSON.stringNode(text);
      case Boolean flag -> JSON.booleanNode(flag);
      // As a parser reads it: else the same number would be another value.
      case Long number ->
          number == number.intValue()
              ? JSON.numberNode(number.intValue())
              : JSON.numberNode(number);
      case Double number -> JSON.numberNode(number);
      case List<?> list -> {
        ArrayNode array = JSON.arrayNode();
        for (Object element : list) {
          array.add(json(element));
        }
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = JSON.objectNode();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          if (!(entry.getKey() instanceof String key)) {
            throw new ConversionException("a key that is no text");
          }
          object.set(key, json(entry.getValue()));
        }
        yield object;
      }
      default -> throw new ConversionException("a value that JSON has no form for");
    };
  }
}
