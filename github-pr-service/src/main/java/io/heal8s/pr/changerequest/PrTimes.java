// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import java.time.Duration;

/**
 * How often this service looks.
 *
 * @param poll pause between two looks at an open pull request
 * @param stalled pause before something that a person must change is tried again unasked
 * @param forgeTimeout how long a request to a forge may take, the longest of all forges
 */
public record PrTimes(Duration poll, Duration stalled, Duration forgeTimeout) {

  /** One look that fails is nobody's concern. */
  private static final int LOOKS_WITHOUT_ANSWER = 3;

  /** A forge may finish what we gave up, and a leader that was paused what it had begun. */
  private static final Duration LATE = Duration.ofMinutes(2);

  /** How long a forge may be silent about a pull request before people are told. */
  Duration silence() {
    return poll.multipliedBy(LOOKS_WITHOUT_ANSWER);
  }

  /** How late a pull request may come that was asked for. */
  Duration lateness() {
    return forgeTimeout.plus(LATE);
  }
}
