// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import java.time.Duration;

/**
 * Spares an endpoint that is dead: after {@value #OPENS_AFTER} polls in a row without an answer a
 * poll is one request without repetition, and the pause between two polls doubles with each further
 * one, up to five minutes or the app's own interval if that is longer. The first answer, or another
 * endpoint, closes it again. Used by one thread at a time.
 */
final class Circuit {

  static final int OPENS_AFTER = 3;
  private static final int LARGEST_SHIFT = 10;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private int failures;

  void failed() {
    failures = Math.min(failures + 1, OPENS_AFTER + LARGEST_SHIFT);
  }

  void close() {
    failures = 0;
  }

  boolean isOpen() {
    return failures >= OPENS_AFTER;
  }

  /** Requests that one poll may send. */
  int attempts(int retries) {
    return isOpen() ? 1 : retries + 1;
  }

  /** Pause from one poll to the next. */
  Duration pause(Duration interval) {
    if (!isOpen() || interval.compareTo(LONGEST) >= 0) {
      return interval;
    }
    Duration longer = interval.multipliedBy(1L << (failures - OPENS_AFTER));
    return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
  }
}
