// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Verification;
import io.heal8s.operator.gate.GateReason;
import io.heal8s.operator.plan.Planning;
import java.util.Objects;

/** A plan without changes: health is verified, nothing is done. */
final class NothingToChange {

  private final Turn turn;

  NothingToChange(Turn turn) {
    this.turn = turn;
  }

  Step begin(Planning.NothingToDo nothing) {
    Condition gated = turn.status().condition(ConditionType.Gated);
    boolean waited = gated != null && gated.status() == Condition.Status.False;
    boolean samePlan = turn.plan().id().equals(nothing.plan().id());
    StatusDraft draft = turn.draft();
    draft
        .target(nothing.target())
        .plan(samePlan ? turn.plan() : nothing.plan())
        .joinedTo(null)
        .isTrue(
            ConditionType.Gated,
            waited ? LifecycleReason.NothingLeftToDo : LifecycleReason.NothingToDo,
            nothing.message())
        .isTrue(ConditionType.Applied, nothing.reason(), nothing.message())
        .isFalse(ConditionType.Verified, LifecycleReason.Verifying, "")
        .verification(new Verification(draft.now(), null, null, null))
        .because(LifecycleReason.Verifying, nothing.message());
    return Step.be(draft, turn.now().plus(Pace.FIRST));
  }

  /** Whether this one is verified without an effect of its own. */
  static boolean applies(Turn turn) {
    return turn.status().verification() != null && turn.status().applied() == null;
  }

  /** The target was seen healthy. */
  static StatusDraft healthy(Turn turn, StatusDraft draft) {
    Condition gated = turn.status().condition(ConditionType.Gated);
    boolean waited = gated != null && gated.reason().equals(LifecycleReason.NothingLeftToDo.name());
    return waited
        ? draft.end(
            Phase.Superseded,
            GateReason.HealedBy.name(),
            "the target is healthy and nothing is left to change")
        : draft.end(
            Phase.Succeeded,
            LifecycleReason.NothingToDo.name(),
            "the target is healthy, nothing was changed");
  }

  /** The target did not become healthy, and there is nothing that this action could change. */
  static Step unhealthy(Turn turn, StatusDraft draft) {
    Condition applied = Objects.requireNonNull(turn.status().condition(ConditionType.Applied));
    return Endings.failed(draft, applied.reason(), applied.message());
  }
}
