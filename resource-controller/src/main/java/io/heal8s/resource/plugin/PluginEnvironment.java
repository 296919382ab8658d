// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

import io.heal8s.resource.plugin.state.Workbench;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** What a plugin gets of the service, once, before anything else. */
public interface PluginEnvironment {

  /**
   * The plugin's settings: its part of {@code PLUGIN_CONFIGS} over its environment variables. A
   * resource's own configuration is in {@link ActionRequest#pluginConfig()} and never gets in here.
   */
  Map<String, String> settings();

  /**
   * The value behind a reference such as {@code env:NAME} or {@code file:/run/secrets/token}; read
   * anew each time, so that a rotated secret is seen.
   *
   * @return empty when there is none, or the reference is not allowed
   */
  Optional<String> secret(String reference);

  /**
   * Where programs with a state of their own are run, and their plans kept; empty where there is no
   * database.
   */
  default Optional<Workbench> workbench() {
    return Optional.empty();
  }

  /** The time. */
  InstantSource time();
}
