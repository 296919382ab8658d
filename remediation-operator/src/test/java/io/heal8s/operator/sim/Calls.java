// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

/** Counts the calls of a process, and kills it where a story says so. */
final class Calls {

  /** How many more calls succeed before the process dies; negative for never. */
  int toLive = -1;

  int made;

  void one() {
    made++;
    if (toLive == 0) {
      throw new Killed();
    }
    if (toLive > 0) {
      toLive--;
    }
  }
}
