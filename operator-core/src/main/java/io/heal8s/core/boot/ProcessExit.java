// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

/** Ends the process; tests bring another. */
@FunctionalInterface
public interface ProcessExit {

  /** Exit code of a leader that lost its lease. */
  int LEASE_LOST = 3;

  /**
   * Ends the process at once, without waiting for what is under way: it must not go on.
   *
   * @param code exit code
   */
  void now(int code);
}
