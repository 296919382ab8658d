// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.repository;

import java.util.Optional;

/** Git's rules for the names of branches (git-check-ref-format), under {@code refs/heads/}. */
final class BranchName {

  private static final int MAX_LENGTH = 200;
  private static final String FORBIDDEN = " ~^:?*[\\";

  private BranchName() {}

  /** What is wrong with a name, a clause that follows the name; empty when it is a branch name. */
  static Optional<String> problem(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      return Optional.of("is empty or longer than " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < 0x20 || c == 0x7f || FORBIDDEN.indexOf(c) >= 0) {
        return Optional.of("has a space or one of ~ ^ : ? * [ \\ or a control character");
      }
    }
    if (name.contains("..") || name.contains("@{") || name.contains("//")) {
      return Optional.of("has '..', '@{' or '//'");
    }
    if (name.startsWith("/") || name.startsWith("-") || name.endsWith("/") || name.endsWith(".")) {
      return Optional.of("starts with '/' or '-', or ends with '/' or '.'");
    }
    for (String part : name.split("/", -1)) {
      if (part.startsWith(".") || part.endsWith(".lock")) {
        return Optional.of("has a part that starts with '.' or ends with '.lock'");
      }
    }
    return name.equals("@") || name.equals("HEAD")
        ? Optional.of("is reserved by git")
        : Optional.empty();
  }
}
