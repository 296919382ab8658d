// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** How often something is looked at that nobody tells us about. */
final class Pace {

  /** The first look, and the shortest pause. */
  static final Duration FIRST = Duration.ofSeconds(1);

  private static final Duration VERIFY_LONGEST = Duration.ofSeconds(5);
  private static final Duration SYNC_LONGEST = Duration.ofSeconds(30);
  private static final Duration STALLED = Duration.ofMinutes(5);
  private static final Duration ROOM = Duration.ofMinutes(5);
  private static final Duration FITTING = Duration.ofMinutes(5);

  private Pace() {}

  /** Between 1 s and 5 s: a twentieth of the time since the window began. */
  static Instant verify(OffsetDateTime since, Instant now) {
    return next(since, now, VERIFY_LONGEST);
  }

  /** Between 1 s and 30 s: a twentieth of the time since the merge was seen. */
  static Instant sync(OffsetDateTime since, Instant now) {
    return next(since, now, SYNC_LONGEST);
  }

  /** Every 5 min: what a GitOps agent finally does makes no event for us. */
  static Instant stalled(Instant now) {
    return now.plus(STALLED);
  }

  /** Every 5 min: what ends on another target makes no event for this one. */
  static Instant room(Instant now) {
    return now.plus(ROOM);
  }

  /** Every 5 min: what a GitOps agent brings at last makes no event for us. */
  static Instant fitting(Instant now) {
    return now.plus(FITTING);
  }

  private static Instant next(OffsetDateTime since, Instant now, Duration longest) {
    Duration pause = Duration.between(since.toInstant(), now).dividedBy(20);
    Duration bounded = pause.compareTo(longest) > 0 ? longest : pause;
    return now.plus(bounded.compareTo(FIRST) < 0 ? FIRST : bounded);
  }
}
