// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a run ended; only the loop turns it into a requeue, a log line and a metric. */
public sealed interface Outcome {

  /** Nothing left to do; looked at again at the resync interval. */
  record Done() implements Outcome {}

  /**
   * Something outside must happen first.
   *
   * @param after when to look again at the latest
   * @param reason what is waited for
   */
  record Waiting(Duration after, Reason reason) implements Outcome {}

  /**
   * A person must change something.
   *
   * @param reason what is wrong
   * @param message what to change
   * @param deadline when to look again at the latest, null for never
   */
  record Stalled(Reason reason, String message, @Nullable Instant deadline) implements Outcome {}

  /**
   * A failure that may pass by itself; tried again with growing pauses, for ever.
   *
   * @param reason what failed
   * @param cause the failure, logged once by the loop
   */
  record Retry(Reason reason, Throwable cause) implements Outcome {}

  /** The one {@link Done}. */
  Outcome DONE = new Done();

  /** Looked at again after that time. */
  static Outcome waiting(Duration after, Reason reason) {
    return new Waiting(after, reason);
  }

  /** Looked at again only when an input changes. */
  static Outcome stalled(Reason reason, String message) {
    return new Stalled(reason, message, null);
  }
}
