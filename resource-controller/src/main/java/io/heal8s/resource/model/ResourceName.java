// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.util.Optional;

/** The rule for names of resources and users. */
public final class ResourceName {

  private static final int LONGEST = 63;

  private ResourceName() {}

  /** What is wrong with a name; empty when nothing is. */
  public static Optional<String> complaint(String name) {
    if (name.isEmpty()) {
      return Optional.of("name cannot be empty");
    }
    if (name.length() > LONGEST) {
      return Optional.of("name cannot exceed 63 characters");
    }
    boolean fits =
        isAlphanumeric(name.charAt(0))
            && isAlphanumeric(name.charAt(name.length() - 1))
            && name.chars().allMatch(c -> c == '-' || isAlphanumeric(c));
    return fits
        ? Optional.empty()
        : Optional.of(
            "name must consist of lowercase alphanumeric characters or '-', must start and end with"
                + " an alphanumeric character");
  }

  private static boolean isAlphanumeric(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }
}
