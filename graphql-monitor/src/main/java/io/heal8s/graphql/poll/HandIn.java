// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.intent.Seen;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hands in what one app's turn saw, again and again until it is taken; nothing else is seen
 * meanwhile, so that no edge is lost. Used by one thread at a time.
 */
final class HandIn {

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int LARGEST_SHIFT = 5;

  private final ObjectKey app;
  private final PollEnvironment environment;

  // At first, that something may be pending.
  private @Nullable Seen held = Seen.NOTHING;
  private Instant heldAt;
  private int failures;
  private long due;

  HandIn(ObjectKey app, PollEnvironment environment) {
    this.app = app;
    this.environment = environment;
    this.heldAt = environment.clock().instant();
  }

  /** Something new was seen; the thing before must be handed in. */
  void observe(Seen seen) {
    held = seen;
    heldAt = environment.clock().instant();
    failures = 0;
    due = environment.scheduler().nanos();
    isDone(due);
  }

  /** Whether something is left, without another try. */
  boolean isHeld() {
    return held != null;
  }

  /** When the next try is due, monotonic nanoseconds; only while something is held. */
  long due() {
    return due;
  }

  /**
   * Tries if it is time to.
   *
   * @return whether nothing is left to hand in
   */
  boolean isDone(long now) {
    if (held == null) {
      return true;
    }
    if (now < due) {
      return false;
    }
    return switch (environment.observer().observed(app, held, heldAt)) {
      case AppObserver.Step.Done _ -> {
        held = null;
        failures = 0;
        yield true;
      }
      case AppObserver.Step.Again(Duration after) -> {
        due = environment.scheduler().nanos() + pause(after).toNanos();
        yield false;
      }
    };
  }

  private Duration pause(Duration asked) {
    if (asked.isPositive()) {
      return asked;
    }
    Duration pause = AGAIN.multipliedBy(1L << Math.min(failures++, LARGEST_SHIFT));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }
}
