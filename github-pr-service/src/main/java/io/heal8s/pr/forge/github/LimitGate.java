// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everybody away while GitHub limits one set of credentials: to go on asking makes it last
 * longer.
 */
final class LimitGate {

  private final InstantSource clock;
  private @Nullable Instant until;

  LimitGate(InstantSource clock) {
    this.clock = clock;
  }

  /** Closes the gate; a later end wins. */
  synchronized void close(Duration length) {
    Instant end = clock.instant().plus(length);
    until = until == null || end.isAfter(until) ? end : until;
  }

  /**
   * Passes, or says how long it is closed.
   *
   * @throws GithubFailure while it is closed
   */
  synchronized void pass() throws GithubFailure {
    if (until == null) {
      return;
    }
    Duration left = Duration.between(clock.instant(), until);
    if (left.isPositive()) {
      throw new GithubFailure(
          GithubFailure.Kind.LIMITED, "GitHub limits requests with these credentials", left);
    }
    until = null;
  }
}
