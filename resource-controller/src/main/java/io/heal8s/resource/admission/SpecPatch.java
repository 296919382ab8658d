// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.admission;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The patches of a mutating webhook: add, replace and remove of a path in the spec, with or without
 * {@code /spec} before it.
 */
final class SpecPatch {

  private SpecPatch() {}

  /**
   * The spec after the patches; the given one is not changed.
   *
   * @throws IllegalArgumentException if one cannot be laid over it
   */
  static JsonNode applied(JsonNode spec, JsonNode patches) {
    JsonNode result = spec.deepCopy();
    for (JsonNode patch : patches) {
      String path = patch.path("path").asString("");
      String[] steps = steps(path);
      apply(result, steps, patch.path("op").asString(""), patch.path("value"), path);
    }
    return result;
  }

  private static String[] steps(String path) {
    String inSpec = path.startsWith("/spec/") ? path.substring("/spec".length()) : path;
    String[] steps = (inSpec.startsWith("/") ? inSpec.substring(1) : inSpec).split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      steps[i] = steps[i].replace("~1", "/").replace("~0", "~");
    }
    return steps;
  }

  private static void apply(JsonNode spec, String[] steps, String op, JsonNode value, String path) {
    JsonNode parent = spec;
    for (int i = 0; i < steps.length - 1; i++) {
      JsonNode next = child(parent, steps[i]);
      if (next.isMissingNode() && parent instanceof ObjectNode object && !op.equals("remove")) {
        next = JsonNodeFactory.instance.objectNode();
        object.set(steps[i], next);
      }
      parent = next;
    }
    String last = steps[steps.length - 1];
    boolean done =
        switch (op) {
          case "add", "replace" -> put(parent, last, value, op.equals("add"));
          case "remove" -> remove(parent, last);
          default -> false;
        };
    if (!done) {
      throw new IllegalArgumentException("the patch " + op + " " + path + " cannot be applied");
    }
  }

  private static JsonNode child(JsonNode parent, String step) {
    return parent.isArray() ? parent.path(index(step)) : parent.path(step);
  }

  private static boolean put(JsonNode parent, String step, JsonNode value, boolean add) {
    if (value.isMissingNode()) {
      return false;
    }
    if (parent instanceof ObjectNode object) {
      object.set(step, value);
      return true;
    }
    if (!(parent instanceof ArrayNode array)) {
      return false;
    }
    int index = step.equals("-") ? array.size() : index(step);
    if (index < 0 || index > array.size() || !add && index == array.size()) {
      return false;
    }
    if (add) {
      array.insert(index, value);
    } else {
      array.set(index, value);
    }
    return true;
  }

  private static boolean remove(JsonNode parent, String step) {
    return switch (parent) {
      case ObjectNode object -> object.remove(step) != null;
      case ArrayNode array -> index(step) >= 0 && array.remove(index(step)) != null;
      default -> false;
    };
  }

  private static int index(String step) {
    return step.matches("\\d{1,6}") ? Integer.parseInt(step) : -1;
  }
}
