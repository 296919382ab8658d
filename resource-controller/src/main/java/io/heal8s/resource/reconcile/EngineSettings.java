// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.reconcile.decision.Backoff;
import io.heal8s.resource.reconcile.decision.OnUnknown;
import java.time.Duration;
import java.util.Map;

/**
 * How this process reconciles.
 *
 * @param maxConcurrent calls to action plugins at one time, at least 1; waiting for an outside run
 *     is no call
 * @param perPlugin calls to one plugin at one time, by name; others have no limit of their own
 * @param perType calls for resources of one type at one time, by name
 * @param interval longest time between two looks at the queue when nobody says that there is work
 * @param backoff waits after failures
 * @param onUnknown what becomes of a dispatch of which nobody knows whether it happened
 * @param driftInterval time between two checks for drift of a resource
 * @param lease after which a process that says nothing has lost what it claimed; 3 s to 5 min
 * @param historyAge history that is older is deleted
 * @param historyPerResource what is beyond is deleted, the oldest first
 * @param eventAge events that are older are deleted; a watch cannot resume from before that
 */
public record EngineSettings(
    int maxConcurrent,
    Map<String, Integer> perPlugin,
    Map<String, Integer> perType,
    Duration interval,
    Backoff backoff,
    OnUnknown onUnknown,
    Duration driftInterval,
    Duration lease,
    Duration historyAge,
    int historyPerResource,
    Duration eventAge) {

  /** What holds unless somebody says otherwise. */
  public static EngineSettings defaults() {
    return new EngineSettings(
        5,
        Map.of(),
        Map.of(),
        Duration.ofSeconds(60),
        Backoff.DEFAULT,
        OnUnknown.HOLD,
        Duration.ofMinutes(5),
        Duration.ofSeconds(15),
        Duration.ofDays(90),
        1000,
        Duration.ofDays(7));
  }

  /** The same with another number of calls at one time. */
  public EngineSettings withMaxConcurrent(int calls) {
    return new EngineSettings(
        calls,
        perPlugin,
        perType,
        interval,
        backoff,
        onUnknown,
        driftInterval,
        lease,
        historyAge,
        historyPerResource,
        eventAge);
  }

  /** The same with another choice for unsure dispatches. */
  public EngineSettings withOnUnknown(OnUnknown choice) {
    return new EngineSettings(
        maxConcurrent,
        perPlugin,
        perType,
        interval,
        backoff,
        choice,
        driftInterval,
        lease,
        historyAge,
        historyPerResource,
        eventAge);
  }

  public EngineSettings {
    perPlugin = Map.copyOf(perPlugin);
    perType = Map.copyOf(perType);
    require(maxConcurrent >= 1, "MAX_CONCURRENT_RECONCILES must be at least 1");
    require(
        perPlugin.values().stream().allMatch(limit -> limit >= 1)
            && perType.values().stream().allMatch(limit -> limit >= 1),
        "a limit of a plugin or a type must be at least 1");
    require(interval.isPositive(), "RECONCILE_INTERVAL must be longer than 0");
    require(
        lease.compareTo(Duration.ofSeconds(3)) >= 0 && lease.compareTo(Duration.ofMinutes(5)) <= 0,
        "the lease must be from 3s to 5m");
    require(historyPerResource >= 1, "the history must keep at least 1 attempt of a resource");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
