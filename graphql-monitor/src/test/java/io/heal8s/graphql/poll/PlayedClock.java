// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A clock that stands still until a test turns it. */
final class PlayedClock extends Clock {

  private final Set<Instant> asked = ConcurrentHashMap.newKeySet();
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

  /** Turns it, and says what it shows. */
  Instant pass(Duration time) {
    Instant next = now.plus(time);
    now = next;
    return next;
  }

  /** Whether somebody has seen it show that time. */
  boolean wasAskedAt(Instant time) {
    return asked.contains(time);
  }

  @Override
  public Instant instant() {
    Instant shown = now;
    asked.add(shown);
    return shown;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
