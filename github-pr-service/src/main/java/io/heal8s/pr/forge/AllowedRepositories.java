// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The repositories that credentials are for, as their mount lists them: whoever may write a policy
 * names a repository and credentials freely, and must not have a password sent to a server of their
 * own choice by that.
 *
 * @param lines addresses as policies name them; one that ends with {@code /*} is for all below it
 */
record AllowedRepositories(List<String> lines) {

  private static final String BELOW = "/*";

  /** What a server may read as something else than it looks like. */
  private static final Pattern DEVIOUS = Pattern.compile("%|\\\\|(^|/)\\.\\.?(/|$)");

  /** One address a line; blank lines and those that begin with {@code #} say nothing. */
  static AllowedRepositories of(String text) {
    return new AllowedRepositories(
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList());
  }

  boolean allow(String repository) {
    return lines.stream().anyMatch(line -> matches(line, repository));
  }

  private static boolean matches(String line, String repository) {
    if (!line.endsWith(BELOW)) {
      return line.equals(repository);
    }
    String parent = line.substring(0, line.length() - 1);
    return parent.length() > BELOW.length()
        && repository.startsWith(parent)
        && !DEVIOUS.matcher(repository.substring(parent.length())).find();
  }
}
