// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import java.time.Duration;

/**
 * How often this service looks.
 *
 * @param poll pause between two looks at an open pull request
 * @param stalled pause before something that a person must change is tried again unasked
 */
public record PrTimes(Duration poll, Duration stalled) {

  /** One look that fails is nobody's concern. */
  private static final int LOOKS_WITHOUT_ANSWER = 3;

  /** How long a forge may be silent about a pull request before people are told. */
  Duration silence() {
    return poll.multipliedBy(LOOKS_WITHOUT_ANSWER);
  }
}
