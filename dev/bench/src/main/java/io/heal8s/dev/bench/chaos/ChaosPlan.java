// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.chaos;

import java.time.Duration;

/**
 * What is done to how many.
 *
 * @param instances processes, at least 2
 * @param onUnknown {@code hold} or {@code redispatch}
 * @param resources created at even intervals over the duration
 * @param duration of the killing; the database is restarted once in the middle of it
 * @param killEvery between two kills
 * @param quiet how long it may take afterwards until nothing changes any more
 */
public record ChaosPlan(
    int instances,
    String onUnknown,
    int resources,
    Duration duration,
    Duration killEvery,
    Duration quiet) {

  /** The long form. */
  public static ChaosPlan threeMinutes(int instances, String onUnknown) {
    return new ChaosPlan(
        instances,
        onUnknown,
        1_000,
        Duration.ofMinutes(3),
        Duration.ofSeconds(10),
        Duration.ofMinutes(2));
  }
}
