// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.gate.Gate;
import io.heal8s.operator.gate.GateReason;
import java.time.Instant;
import java.util.Objects;

/** What becomes of one that the gate, or the planner, does not let through. */
final class Holding {

  private final Turn turn;

  Holding(Turn turn) {
    this.turn = turn;
  }

  /** The step that a verdict means. */
  Step held(Verdict verdict, StatusDraft draft) {
    return held(verdict, draft, turn.self().expires(turn.policy()));
  }

  /** The step that a verdict means, looked at again at that time at the latest. */
  Step held(Verdict verdict, StatusDraft draft, Instant lookAgain) {
    if (!(verdict.reason() instanceof GateReason reason)) {
      return Step.be(stalled(draft, verdict), lookAgain);
    }
    return switch (reason.kind()) {
      case STALL -> Step.be(stalled(draft, verdict), lookAgain);
      case ASK -> Step.be(waiting(draft.joinedTo(null), verdict), lookAgain);
      case WAIT -> {
        if (reason == GateReason.Joined) {
          draft.joinedTo(Gate.leaderOf(turn.gateRequest()).orElse(null));
        }
        Instant due = AtTheGate.due(turn, reason);
        yield Step.be(waiting(draft, verdict), due.isBefore(lookAgain) ? due : lookAgain);
      }
      case FAIL -> failed(reason, verdict, draft);
      case SUPERSEDE ->
          Step.be(
              notGated(draft, verdict.reason(), verdict.message())
                  .end(Phase.Superseded, reason.name(), verdict.message()),
              null);
    };
  }

  private Step failed(GateReason reason, Verdict verdict, StatusDraft draft) {
    if (reason == GateReason.Rejected && !Endings.remembered(turn)) {
      return Endings.remember(turn);
    }
    return Step.be(
        notGated(draft, reason, verdict.message())
            .end(Phase.Failed, reason.name(), verdict.message()),
        null);
  }

  /** Stalled as it was. */
  static StatusDraft asBefore(Turn turn) {
    return turn.draft()
        .stalled(
            Objects.requireNonNullElse(turn.status().reason(), "Unknown"),
            Objects.requireNonNullElse(turn.status().message(), ""));
  }

  private static StatusDraft stalled(StatusDraft draft, Verdict verdict) {
    return notGated(draft, verdict.reason(), verdict.message()).stalled(verdict);
  }

  private static StatusDraft waiting(StatusDraft draft, Verdict verdict) {
    return notGated(draft, verdict.reason(), verdict.message())
        .because(verdict.reason(), verdict.message());
  }

  private static StatusDraft notGated(StatusDraft draft, Reason reason, String message) {
    return draft.condition(ConditionType.Gated, Condition.Status.False, reason.name(), message);
  }
}
