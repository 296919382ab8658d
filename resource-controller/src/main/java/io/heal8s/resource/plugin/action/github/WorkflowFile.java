// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads which inputs a workflow declares. */
final class WorkflowFile {

  private WorkflowFile() {}

  /** Names of the inputs; empty when the text is no workflow that can be dispatched. */
  static Optional<Set<String>> inputs(String yaml) {
    Object document;
    try {
      document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
    Object on = document instanceof Map<?, ?> workflow ? workflow.get("on") : null;
    if (!(on instanceof Map<?, ?> events) || !events.containsKey("workflow_dispatch")) {
      return on == null ? Optional.empty() : Optional.of(Set.of());
    }
    Set<String> names = new HashSet<>();
    if (events.get("workflow_dispatch") instanceof Map<?, ?> dispatch
        && dispatch.get("inputs") instanceof Map<?, ?> inputs) {
      inputs.keySet().forEach(name -> names.add(String.valueOf(name)));
    }
    return Optional.of(names);
  }
}
