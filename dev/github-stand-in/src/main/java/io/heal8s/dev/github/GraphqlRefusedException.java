// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

/** Something that GitHub refuses in order; {@link GraphqlRefusal} is how it says so. */
final class GraphqlRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String type;

  /**
   * A refusal.
   *
   * @param type for example NOT_FOUND, UNPROCESSABLE, FORBIDDEN
   */
  GraphqlRefusedException(String type, String message) {
    super(message);
    this.type = type;
  }

  String type() {
    return type;
  }
}
