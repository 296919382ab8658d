// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.nio.file.Files;
import java.nio.file.Path;

/** The npm packages in which GitHub's descriptions are published. */
final class PublishedFiles {

  private static final String VARIABLE = "HEAL8S_NPM";

  private PublishedFiles() {}

  /**
   * A file of a package.
   *
   * @throws IllegalStateException when it is not installed, with what to do
   */
  static Path of(String name, String file) {
    String root = System.getenv(VARIABLE);
    if (root == null || root.isEmpty()) {
      throw new IllegalStateException(
          VARIABLE
              + " is not set: it names the node_modules that are installed from dev/test-kit/npm;"
              + " './heal8s test' does both");
    }
    Path path = Path.of(root, name, file);
    if (!Files.isRegularFile(path)) {
      throw new IllegalStateException(
          path + " is missing: install the packages of dev/test-kit/npm again ('./heal8s test')");
    }
    return path;
  }
}
