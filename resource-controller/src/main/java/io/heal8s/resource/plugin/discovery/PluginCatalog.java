// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.discovery;

import io.heal8s.resource.plugin.ActionPlugin;
import io.heal8s.resource.plugin.InputPlugin;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The plugins of this process, by name.
 *
 * @param actions action plugins
 * @param inputs input plugins
 */
public record PluginCatalog(Map<String, ActionPlugin> actions, Map<String, InputPlugin> inputs) {

  public PluginCatalog {
    actions = Map.copyOf(actions);
    inputs = Map.copyOf(inputs);
  }

  /** The action plugin of that name. */
  public Optional<ActionPlugin> action(String name) {
    return Optional.ofNullable(actions.get(name));
  }

  /** Names of the action plugins, in order. */
  public Collection<String> actionNames() {
    return actions.keySet().stream().sorted().toList();
  }
}
