// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

/** Classes of work, the most urgent first; the number is what the queue is ordered by. */
public enum Priority {
  DELETION(10),
  /** An outside run is to be asked for: short, and people wait for it. */
  POLL(20),
  NEW(30),
  RETRY(40),
  DRIFT(50);

  private final int rank;

  Priority(int rank) {
    this.rank = rank;
  }

  /** The number in the queue. */
  public int rank() {
    return rank;
  }
}
