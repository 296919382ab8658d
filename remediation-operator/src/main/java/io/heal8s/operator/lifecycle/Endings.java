// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.decide.Reason;
import io.heal8s.operator.gate.Cause;
import io.heal8s.operator.intent.RemediationIntent;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** The ends that several stages share. */
final class Endings {

  private Endings() {}

  /** Its time ran out before its first effect; the stall or obstacle that led to it is named. */
  static Step expired(Turn turn) {
    String because =
        turn.status().isTrue(ConditionType.Stalled)
            ? "; it was stalled: " + turn.status().reason()
            : Proposals.obstacle(turn.status(), ConditionType.PullRequestOpen)
                .filter(obstacle -> turn.self().gated())
                .map(obstacle -> "; it waited: " + obstacle.reason())
                .orElse("");
    return Step.be(
        turn.draft()
            .end(
                Phase.Expired,
                LifecycleReason.TtlExceeded.name(),
                "its time to live ran out before its first effect" + because),
        null);
  }

  /** Ended without success. */
  static Step failed(Turn turn, Reason reason, String message) {
    return failed(turn.draft(), reason.name(), message);
  }

  static Step failed(StatusDraft draft, String reason, String message) {
    return Step.be(draft.intent(null).end(Phase.Failed, reason, message), null);
  }

  /** Refused by a person: remembered first, so that a kill in between forgets nothing. */
  static Step refused(Turn turn, String message) {
    return remembered(turn) ? failed(turn, LifecycleReason.Refused, message) : remember(turn);
  }

  static boolean remembered(Turn turn) {
    var labels = turn.remediation().getMetadata().getLabels();
    return labels != null && cause(turn).equals(labels.get(Annotations.CAUSE));
  }

  static Step remember(Turn turn) {
    return new Step.Do(new RemediationIntent.RememberRefusal(turn.remediation(), cause(turn)));
  }

  private static String cause(Turn turn) {
    return Cause.of(turn.snapshot().site().cluster(), turn.target(), turn.remediation());
  }

  /**
   * The end of one that stalled after its effect: Failed with the reason of the stall, one time to
   * live after it stalled.
   */
  static Optional<Step> stalledTooLong(Turn turn) {
    Condition stalled = turn.status().condition(ConditionType.Stalled);
    if (stalled == null || stalled.status() != Condition.Status.True) {
      return Optional.empty();
    }
    if (turn.now().isBefore(stalledUntil(turn))) {
      return Optional.empty();
    }
    return Optional.of(failed(turn.draft(), stalled.reason(), stalled.message()));
  }

  /** When one that stalled after its effect ends; now plus a time to live if it does not yet. */
  static Instant stalledUntil(Turn turn) {
    Condition stalled = turn.status().condition(ConditionType.Stalled);
    OffsetDateTime since =
        stalled != null && stalled.status() == Condition.Status.True
            ? stalled.lastTransitionTime()
            : null;
    Instant from = since == null ? turn.now() : since.toInstant();
    return from.plus(turn.self().ttl(turn.policy()));
  }
}
