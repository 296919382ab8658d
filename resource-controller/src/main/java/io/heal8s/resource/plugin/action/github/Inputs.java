// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a dispatch sends along: the spec, and the key by which its run can be found. */
final class Inputs {

  /** GitHub takes no more. */
  static final int MOST = 25;

  private static final String WHOLE = "spec";
  private static final List<String> CORRELATION = List.of("correlation_id", "heal8s_dispatch");
  private static final Set<String> TARGET =
      Set.of("owner", "repo", "workflow", "ref", "inputs", "destroy_workflow", "correlation_input");

  private Inputs() {}

  /** What to send, or why nothing can be sent. */
  sealed interface Choice {
    /**
     * This.
     *
     * @param values by name; texts
     * @param correlation input that carries the key, null for none
     */
    record Send(Map<String, String> values, @Nullable String correlation) implements Choice {
      ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        values.forEach(json::put);
        return json;
      }
    }

    /** Nothing. */
    record Impossible(String message) implements Choice {}
  }

  /**
   * Chooses.
   *
   * @param declared inputs of the workflow; empty when its file cannot be read
   */
  static Choice choose(
      Target target, JsonNode spec, Optional<Set<String>> declared, String dispatchKey) {
    Map<String, String> values = new LinkedHashMap<>();
    JsonNode wanted = wanted(target, spec);
    boolean isWhole =
        target.legacyInputs() == null
            && declared.filter(names -> names.contains(WHOLE)).isPresent();
    if (isWhole) {
      values.put(WHOLE, wanted.toString());
    } else {
      wanted.properties().forEach(field -> values.put(field.getKey(), text(field.getValue())));
    }
    String correlation = correlation(target, declared);
    if (correlation != null) {
      values.put(correlation, dispatchKey);
    }
    return judged(values, correlation, declared);
  }

  /** What the workflow is told, however it takes it: the spec, but for what names the workflow. */
  static JsonNode wanted(Target target, JsonNode spec) {
    JsonNode legacy = target.legacyInputs();
    return legacy == null ? withoutTarget(spec) : legacy;
  }

  private static Choice judged(
      Map<String, String> values, @Nullable String correlation, Optional<Set<String>> declared) {
    if (values.size() > MOST) {
      return new Choice.Impossible(
          "the spec has %d fields, a workflow takes %d inputs: declare one input named 'spec' in the workflow, which gets all of it as JSON"
              .formatted(values.size(), MOST));
    }
    List<String> undeclared = new ArrayList<>(values.keySet());
    declared.ifPresent(undeclared::removeAll);
    if (declared.isPresent() && !undeclared.isEmpty()) {
      return new Choice.Impossible(
          "the workflow declares no inputs %s: declare them, or one input named 'spec', which gets all of the spec as JSON"
              .formatted(String.join(", ", undeclared)));
    }
    return new Choice.Send(values, correlation);
  }

  private static @Nullable String correlation(Target target, Optional<Set<String>> declared) {
    if (target.correlationInput() != null) {
      return target.correlationInput();
    }
    return declared
        .flatMap(names -> CORRELATION.stream().filter(names::contains).findFirst())
        .orElse(null);
  }

  private static JsonNode withoutTarget(JsonNode spec) {
    ObjectNode rest = JsonNodeFactory.instance.objectNode();
    boolean legacy = spec.has("owner") && spec.has("repo");
    spec.properties().stream()
        .filter(field -> !legacy || !TARGET.contains(field.getKey()))
        .forEach(field -> rest.set(field.getKey(), field.getValue()));
    return rest;
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
