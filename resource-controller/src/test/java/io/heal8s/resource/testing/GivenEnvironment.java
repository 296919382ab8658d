// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import io.heal8s.resource.plugin.PluginEnvironment;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What a test gives a plugin.
 *
 * @param settings its settings
 * @param secrets values by reference
 * @param time the time
 */
public record GivenEnvironment(
    Map<String, String> settings, Map<String, String> secrets, InstantSource time)
    implements PluginEnvironment {

  /** Settings alone. */
  public static GivenEnvironment of(Map<String, String> settings) {
    return new GivenEnvironment(settings, Map.of(), Clock.systemUTC());
  }

  @Override
  public Optional<String> secret(String reference) {
    return Optional.ofNullable(secrets.get(reference));
  }
}
