// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

/** The process was killed at this point; nothing after it happened. */
final class Killed extends Error {
  private static final long serialVersionUID = 1L;

  Killed() {
    super("killed", null, false, false);
  }
}
