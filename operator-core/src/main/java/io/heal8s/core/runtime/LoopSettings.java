// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one loop runs.
 *
 * @param name of the controller: metric label, log field; lower case with dashes
 * @param workers how many keys may run at once, at least 1
 * @param interval when a key that is done is looked at again; null for only on change
 * @param runTimeout after that time a run is interrupted; its key is free only when it really ends
 * @param warnAfter after that time a run that still goes on is told in the log, once per run
 * @param beatWithin within that time a synthetic key must pass through the queue, or the process is
 *     not alive; must be longer than {@code runTimeout}, because slow runs are not a dead loop
 * @param ageing how much longer than a normal key a background key may wait
 */
public record LoopSettings(
    String name,
    int workers,
    @Nullable Duration interval,
    Duration runTimeout,
    Duration warnAfter,
    Duration beatWithin,
    Duration ageing) {

  public LoopSettings {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1, was " + workers);
    }
    if (beatWithin.compareTo(runTimeout) <= 0) {
      throw new IllegalArgumentException(
          "beatWithin (" + beatWithin + ") must be longer than runTimeout (" + runTimeout + ")");
    }
  }

  /** The defaults: resync after 10 h, warning after 30 s, timeout 2 min, beat within 5 min. */
  public static LoopSettings of(String name, int workers) {
    return new LoopSettings(
        name,
        workers,
        Duration.ofHours(10),
        Duration.ofMinutes(2),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofSeconds(5));
  }

  /** The same with another resync interval. */
  public LoopSettings withInterval(@Nullable Duration other) {
    return new LoopSettings(name, workers, other, runTimeout, warnAfter, beatWithin, ageing);
  }

  /** The same with another overall timeout of a run; the beat's time moves with it. */
  public LoopSettings withRunTimeout(Duration other) {
    return new LoopSettings(
        name, workers, interval, other, warnAfter, beatWithin.plus(other), ageing);
  }
}
