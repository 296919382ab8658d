// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

/** Counts the lines that a unified diff changes. */
final class ChangedLines {

  private ChangedLines() {}

  /**
   * Lines that the diff adds in place of others.
   *
   * @throws IllegalStateException when it changes anything but the memory of the one container,
   *     which would make the whole demo a lie
   */
  static int in(String diff) {
    int added = 0;
    int removed = 0;
    for (String line : diff.lines().toList()) {
      boolean header = line.startsWith("+++") || line.startsWith("---");
      boolean change = !header && (line.startsWith("+") || line.startsWith("-"));
      if (change && !line.contains("memory")) {
        throw new IllegalStateException("the pull request changes more than memory: " + line);
      }
      added += change && line.startsWith("+") ? 1 : 0;
      removed += change && line.startsWith("-") ? 1 : 0;
    }
    if (added != removed) {
      throw new IllegalStateException(
          "the pull request adds %d lines and removes %d".formatted(added, removed));
    }
    return added;
  }
}
