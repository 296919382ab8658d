// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.graphql;

/** A line is not what is asked for; the message says why. */
final class UnreadableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableException(String message) {
    super(message);
  }
}
