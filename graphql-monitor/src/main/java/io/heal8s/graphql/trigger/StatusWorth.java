// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.api.kco.targetapp.Watched;
import io.heal8s.core.status.Conditions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which differences between two statuses are worth a write at once. */
final class StatusWorth {

  private StatusWorth() {}

  /**
   * Whether a restart without the new status could lose or double something, or people would see
   * something wrong. The digest, counters and values that no trigger holds on are not of that kind,
   * nor are other words for the same reason: an endpoint may find new ones at every poll.
   */
  static boolean isUrgent(TargetAppStatus recorded, TargetAppStatus next) {
    return !Objects.equals(recorded.observedGeneration(), next.observedGeneration())
        || recorded.state() != next.state()
        || (recorded.lastError() == null) != (next.lastError() == null)
        || !Objects.equals(recorded.endpoint(), next.endpoint())
        || !Objects.equals(recorded.queryDigest(), next.queryDigest())
        || !Objects.equals(recorded.pending(), next.pending())
        || !judged(recorded).equals(judged(next))
        || !holding(recorded.watchedOrEmpty()).equals(holding(next.watchedOrEmpty()));
  }

  /** Whether the words for people are others. */
  static boolean isReworded(TargetAppStatus recorded, TargetAppStatus next) {
    return !Objects.equals(recorded.lastError(), next.lastError())
        || !Objects.equals(recorded.conditions(), next.conditions());
  }

  private record Judged(
      String type, Condition.Status status, String reason, @Nullable Long observedGeneration) {}

  private static List<Judged> judged(TargetAppStatus status) {
    return Conditions.of(status.conditions()).toList().stream()
        .map(one -> new Judged(one.type(), one.status(), one.reason(), one.observedGeneration()))
        .toList();
  }

  // Of a trigger that does not hold nothing is needed after a restart: when it holds then, it
  // begins.
  private static List<Watched> holding(List<Watched> watched) {
    return watched.stream()
        .map(
            one ->
                Boolean.TRUE.equals(one.held())
                    ? one
                    : new Watched(one.key(), null, null, false, null, null, one.firedAt()))
        .toList();
  }
}
