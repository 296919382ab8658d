// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.nio.file.Path;
import java.util.Map;

/**
 * This person's own folders for heal8s, by the XDG rules, which hold on macOS here as well.
 *
 * @param cache what can be made again: {@code ${XDG_CACHE_HOME:-$HOME/.cache}/heal8s}
 * @param state what is true while something runs: {@code
 *     ${XDG_STATE_HOME:-$HOME/.local/state}/heal8s}
 */
record UserFolders(Path cache, Path state) {

  static UserFolders of(Map<String, String> environment) {
    return new UserFolders(
        folder(environment, "XDG_CACHE_HOME", ".cache"),
        folder(environment, "XDG_STATE_HOME", ".local/state"));
  }

  private static Path folder(Map<String, String> environment, String variable, String underHome) {
    String set = environment.getOrDefault(variable, "");
    // The XDG rules say that a relative path is to be ignored.
    if (!set.isEmpty() && Path.of(set).isAbsolute()) {
      return Path.of(set, "heal8s");
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    return Path.of(home).resolve(underHome).resolve("heal8s");
  }
}
