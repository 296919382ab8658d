// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import java.util.HashSet;
import java.util.Set;

/**
 * From where the next look at the outbox has to begin. An event takes its number when it is written
 * and is seen when its transaction commits, so a look must begin before every number that a
 * transaction under way may still bring. Transactions that write no events hold nothing up.
 *
 * @param complete every event up to this number is published, or will never be
 * @param settled every event up to this number was to be seen at the last glance
 * @param candidate the next such number
 * @param awaited transactions under way that may have taken numbers up to the candidate
 * @param seen highest number at the last glance
 */
record OutboxHorizon(long complete, long settled, long candidate, Set<String> awaited, long seen) {

  private static final long NEAR = 5_000;

  /** Before the first glance. */
  static final OutboxHorizon UNKNOWN = new OutboxHorizon(0, 0, 0, Set.of(), 0);

  OutboxHorizon {
    awaited = Set.copyOf(awaited);
  }

  /**
   * What can be seen of the outbox at one moment.
   *
   * @param seen highest number that is committed
   * @param writers transactions that hold the lock of a writer, looked up after that
   */
  record Glance(long seen, Set<String> writers) {}

  /**
   * After a round that published everything that it saw from {@link #complete} on. What was settled
   * before the round began was seen by it.
   */
  OutboxHorizon published() {
    return new OutboxHorizon(settled, settled, candidate, awaited, seen);
  }

  /** After a glance; it says nothing about what the round before it saw. */
  OutboxHorizon after(Glance glance) {
    Set<String> left = new HashSet<>(awaited);
    left.retainAll(glance.writers());
    return left.isEmpty()
        ? new OutboxHorizon(complete, candidate, glance.seen(), glance.writers(), glance.seen())
        : new OutboxHorizon(complete, settled, candidate, left, glance.seen());
  }

  /** Whether a look from here takes hardly longer than one at the last moments. */
  boolean isNear() {
    return seen - complete <= NEAR;
  }

  /** Whether another round and another glance would move it. */
  boolean isBehind() {
    return complete < seen;
  }
}
