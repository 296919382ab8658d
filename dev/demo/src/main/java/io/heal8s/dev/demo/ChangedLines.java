// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the lines that a unified diff of the shop's manifest changes. */
final class ChangedLines {

  /** What only the container that runs out of memory has; the other one has 64Mi. */
  private static final Pattern BEFORE = Pattern.compile("( +memory: \")256Mi(\".*)");

  private static final Pattern AFTER = Pattern.compile("( +memory: \")[1-9][0-9]*[MG]i(\".*)");

  private ChangedLines() {}

  /**
   * Lines that the diff adds in place of others.
   *
   * @throws IllegalStateException when it changes anything but the memory of the one container,
   *     which would make the whole demo a lie
   */
  static int in(String diff) {
    List<String> removed = lines(diff, "-", "---");
    List<String> added = lines(diff, "+", "+++");
    if (added.size() != removed.size() || added.isEmpty()) {
      throw new IllegalStateException(
          "the pull request adds %d lines and removes %d".formatted(added.size(), removed.size()));
    }
    for (int i = 0; i < added.size(); i++) {
      Matcher before = BEFORE.matcher(removed.get(i));
      Matcher after = AFTER.matcher(added.get(i));
      if (!before.matches()
          || !after.matches()
          || !before.group(1).equals(after.group(1))
          || !before.group(2).equals(after.group(2))) {
        throw new IllegalStateException(
            "the pull request changes more than the memory of the one container:%n-%s%n+%s"
                .formatted(removed.get(i), added.get(i)));
      }
    }
    return added.size();
  }

  private static List<String> lines(String diff, String sign, String header) {
    return diff.lines()
        .filter(line -> line.startsWith(sign) && !line.startsWith(header))
        .map(line -> line.substring(1))
        .toList();
  }
}
