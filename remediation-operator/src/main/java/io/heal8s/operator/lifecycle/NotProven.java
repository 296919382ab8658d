// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Applied;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Revert;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.operator.plan.PlanText;
import java.time.Duration;
import java.util.List;

/** What follows when health was not seen in the window. */
final class NotProven {

  private static final Duration SOON = Duration.ofSeconds(1);

  private NotProven() {}

  static Step step(Turn turn, String missing) {
    String message = "not healthy in the window: " + missing;
    StatusDraft draft = turn.draft();
    Applied applied = turn.status().applied();
    if (applied == null) {
      return NothingToChange.unhealthy(turn, draft);
    }
    if (!PlanText.hasUndo(turn.plan())) {
      return Endings.failed(
          draft,
          LifecycleReason.NotHealthy.name(),
          message + "; not taken back, undo is " + turn.plan().undo());
    }
    draft.isFalse(ConditionType.Verified, LifecycleReason.NotHealthy, message);
    return applied.via() == Mode.GitOps
        ? revert(turn, draft, applied, message)
        : undo(turn, draft, applied, message);
  }

  private static Step undo(Turn turn, StatusDraft draft, Applied applied, String message) {
    String plan = turn.plan().id();
    draft
        .intent(
            new RecordedIntent(
                RecordedIntent.Type.Undo,
                plan,
                RecordedIntents.key(turn.remediation(), RecordedIntent.Type.Undo, plan),
                draft.now(),
                applied.account(),
                null,
                null))
        .because(LifecycleReason.Undoing, message);
    return Step.be(draft, turn.now().plus(SOON));
  }

  private static Step revert(Turn turn, StatusDraft draft, Applied applied, String message) {
    List<Change> back = applied.changes().stream().map(Change::reversed).toList();
    draft.revert(new Revert(back, message, draft.now())).because(LifecycleReason.Undoing, message);
    return Step.be(draft, turn.now().plus(turn.policy().ttl()));
  }
}
