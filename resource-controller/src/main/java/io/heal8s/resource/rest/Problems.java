// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.intake.Masks;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Collects what is wrong with a request, in the shape that clients of the original read. */
final class Problems {

  private final ArrayNode list = JsonNodeFactory.instance.arrayNode();

  void add(String type, List<Object> location, String message, @Nullable JsonNode input) {
    add(type, location, message, input, Map.of());
  }

  void add(
      String type,
      List<Object> location,
      String message,
      @Nullable JsonNode input,
      Map<String, Object> context) {
    ObjectNode problem = list.addObject().put("type", type);
    ArrayNode where = problem.putArray("loc");
    for (Object step : location) {
      if (step instanceof Integer index) {
        where.add(index);
      } else {
        where.add(step.toString());
      }
    }
    problem.put("msg", message);
    problem.set("input", echoed(location, input));
    if (!context.isEmpty()) {
      ObjectNode facts = problem.putObject("ctx");
      context.forEach(
          (name, value) -> {
            if (value instanceof Integer number) {
              facts.put(name, number);
            } else if (value instanceof JsonNode node) {
              facts.set(name, node);
            } else {
              facts.put(name, value.toString());
            }
          });
    }
  }

  /** What was sent, without secrets: answers end up in logs. */
  private static JsonNode echoed(List<Object> location, @Nullable JsonNode input) {
    if (input == null) {
      return JsonNodeFactory.instance.nullNode();
    }
    boolean secret =
        location.getLast() instanceof String name && Masks.isSecret(name) && !input.isContainer();
    return secret ? JsonNodeFactory.instance.stringNode(Masks.HIDDEN) : Masks.echoed(input);
  }

  /** A rule of ours that a value breaks. */
  void valueError(List<Object> location, String message, @Nullable JsonNode input) {
    add(
        "value_error",
        location,
        "Value error, " + message,
        input,
        Map.of("error", JsonNodeFactory.instance.objectNode()));
  }

  void throwIfAny() {
    if (!list.isEmpty()) {
      throw ApiException.invalid(list);
    }
  }
}
