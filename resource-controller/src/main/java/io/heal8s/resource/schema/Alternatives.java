// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the library reports once per branch or property and the original once per place: a failed
 * {@code anyOf} or {@code oneOf}, and the properties that nobody declared.
 */
final class Alternatives {

  private Alternatives() {}

  /** The errors in groups that each become one message, in the order of their first ones. */
  static List<List<Error>> grouped(List<Error> errors) {
    Map<Object, List<Error>> groups = new LinkedHashMap<>();
    for (Error error : errors) {
      groups.computeIfAbsent(key(error), ignored -> new ArrayList<>()).add(error);
    }
    return List.copyOf(groups.values());
  }

  private static Object key(Error error) {
    Optional<NodePath> choice = choice(error);
    if (choice.isPresent()) {
      return choice.get() + " " + instance(error, choice.get());
    }
    return switch (error.getKeyword()) {
      case "additionalProperties", "additionalItems", "unevaluatedProperties" ->
          error.getEvaluationPath() + " " + error.getInstanceLocation();
      case "dependencies", "propertyNames" ->
          error.getEvaluationPath() + " " + error.getInstanceLocation() + " " + error.getProperty();
      default -> new Object();
    };
  }

  /** Where in the schema the first choice stood whose branches failed. */
  static Optional<NodePath> choice(Error error) {
    NodePath path = error.getEvaluationPath();
    if (error.getKeyword().equals("oneOf") && "0".equals(String.valueOf(error.getArguments()[0]))) {
      return Optional.of(path);
    }
    for (int i = 0; i + 1 < path.getNameCount(); i++) {
      boolean property = i > 0 && path.getElement(i - 1).equals("properties");
      boolean choice = path.getElement(i).equals("anyOf") || path.getElement(i).equals("oneOf");
      if (choice && !property && path.getElement(i + 1) instanceof Integer) {
        return Optional.of(up(path, path.getNameCount() - i - 1));
      }
    }
    return Optional.empty();
  }

  /** The place in the spec that the choice was about. */
  static NodePath instance(Error error, NodePath choice) {
    NodePath path = error.getEvaluationPath();
    int deeper = 0;
    boolean name = false;
    for (int i = choice.getNameCount() + 1; i < path.getNameCount(); i++) {
      Object step = path.getElement(i);
      if (name) {
        name = false;
        deeper++;
      } else {
        switch (step.toString()) {
          case "properties", "patternProperties" -> name = true;
          case "items", "additionalItems", "contains", "additionalProperties", "prefixItems" ->
              deeper += i + 1 < path.getNameCount() ? 1 : 0;
          default -> {}
        }
      }
    }
    return up(error.getInstanceLocation(), deeper);
  }

  private static NodePath up(NodePath path, int levels) {
    NodePath here = path;
    for (int i = 0; i < levels && here.getParent() != null; i++) {
      here = here.getParent();
    }
    return here;
  }
}
