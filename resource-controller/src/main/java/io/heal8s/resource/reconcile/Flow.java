// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many claims this process may have at one time: as many as it has slots, and beyond that what
 * it ends in a fifth of a second at its present pace, so that quick plugins never wait for the
 * database and slow ones take no work that others could do.
 */
final class Flow {

  private static final double SECONDS_AHEAD = 0.2;
  private static final int MOST_AHEAD = 2_000;
  private static final double WEIGHT_OF_NEW = 0.5;
  private static final long SHORTEST_SAMPLE_NANOS = 20_000_000;

  private final int slots;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private double perSecond;
  private long sampledAt;

  Flow(int slots, long nowNanos) {
    this.slots = slots;
    this.sampledAt = nowNanos;
  }

  /**
   * How many more may be claimed; called by one thread. None while most of what is ahead is still
   * there: one claim of many costs hardly more than one of a few.
   */
  int room(long nowNanos) {
    long elapsed = nowNanos - sampledAt;
    if (elapsed >= SHORTEST_SAMPLE_NANOS) {
      double pace = ended.getAndSet(0) * 1e9 / elapsed;
      perSecond = perSecond * (1 - WEIGHT_OF_NEW) + pace * WEIGHT_OF_NEW;
      sampledAt = nowNanos;
    }
    int ahead = (int) Math.min(MOST_AHEAD, perSecond * SECONDS_AHEAD);
    int room = slots + ahead - inFlight.get();
    return room >= ahead / 2 ? room : 0;
  }

  void claimed(int count) {
    inFlight.addAndGet(count);
  }

  void ended() {
    ended.incrementAndGet();
    inFlight.decrementAndGet();
  }

  int inFlight() {
    return inFlight.get();
  }
}
