// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

/**
 * Brings in what people want, from wherever. Found by {@link java.util.ServiceLoader}: a public
 * class with a public constructor without parameters. Runs in every process; where the source gives
 * each message to one reader only, nothing else is needed, and applying the same twice is harmless.
 */
public interface InputPlugin extends AutoCloseable {

  /** Version of this interface; raised when a change breaks plugins. */
  int API_VERSION = 1;

  /** Who it is; the same at every call. */
  PluginInfo info();

  /**
   * Called once, before everything else.
   *
   * @throws IllegalArgumentException when a setting is wrong, with one line that names it
   */
  default void open(PluginEnvironment environment) {}

  /** Begins to deliver, on threads of its own; returns at once. */
  void start(InputSink sink);

  /** Whether it can work, for the health page; cheap. */
  default PluginHealth health() {
    return PluginHealth.ok();
  }

  /** Stops delivering within two seconds; what was not accepted stays at its source. */
  @Override
  void close();
}
