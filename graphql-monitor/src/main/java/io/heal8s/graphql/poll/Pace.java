// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When an app is polled next: at a fixed rate from its first poll on, whatever a poll takes, each
 * moved by a little chance so that many apps with one interval do not stay in step. A poll that was
 * missed is not made up for. Used by one thread at a time.
 */
final class Pace {

  /** Largest shift of one poll, as a part of the interval. */
  private static final double JITTER = 0.02;

  private static final long MOST_JITTER = Duration.ofMillis(500).toNanos();

  private final RandomGenerator random;
  private long nominal;

  /**
   * @param first monotonic nanoseconds of the first poll
   */
  Pace(RandomGenerator random, long first) {
    this.random = random;
    this.nominal = first;
  }

  /**
   * Moves all but the first poll by chance, so that the second one comes within an interval of it,
   * if the first polls of many apps had to be closer together than an interval.
   *
   * @param spread how close; zero for an app that came alone
   */
  void separate(Duration spread, Duration interval) {
    if (spread.isPositive() && spread.compareTo(interval) < 0) {
      nominal -= (long) (random.nextDouble() * interval.toNanos());
    }
  }

  /**
   * The next poll.
   *
   * @param pause from one poll to the next
   * @param now monotonic nanoseconds
   * @return monotonic nanoseconds, not before now
   */
  long next(Duration pause, long now) {
    long step = pause.toNanos();
    nominal += step;
    if (nominal < now) {
      nominal += (now - nominal + step - 1) / step * step;
    }
    long width = Math.min((long) (step * JITTER), MOST_JITTER);
    return Math.max(now, nominal + (long) ((random.nextDouble() * 2 - 1) * width));
  }
}
