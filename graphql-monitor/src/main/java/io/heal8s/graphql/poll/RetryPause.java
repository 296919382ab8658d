// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Pauses between the requests of one poll: 1, 2, 4, … s, at most 30 s, each half to whole. */
record RetryPause(RandomGenerator random) {

  private static final int LARGEST_SHIFT = 5;
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * The pause before a repetition.
   *
   * @param failed requests that failed so far, at least 1
   * @param asked what the server asked for, null if nothing; never shortened
   */
  Duration after(int failed, @Nullable Duration asked) {
    Duration whole = Duration.ofSeconds(1L << Math.min(failed - 1, LARGEST_SHIFT));
    Duration capped = whole.compareTo(LONGEST) > 0 ? LONGEST : whole;
    long half = capped.toNanos() / 2;
    Duration own = Duration.ofNanos(half + (long) (random.nextDouble() * half));
    return asked != null && asked.compareTo(own) > 0 ? asked : own;
  }
}
