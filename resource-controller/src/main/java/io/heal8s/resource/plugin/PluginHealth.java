// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

/**
 * Whether a plugin can work.
 *
 * @param healthy whether it can
 * @param message one sentence, without secrets
 */
public record PluginHealth(boolean healthy, String message) {

  /** All is well. */
  public static PluginHealth ok() {
    return new PluginHealth(true, "ok");
  }
}
