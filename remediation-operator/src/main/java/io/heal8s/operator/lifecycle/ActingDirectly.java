// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Applied;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.EffectKind;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.target.Query;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One with a recorded intent: whoever finds the record looks first whether it was carried out. */
final class ActingDirectly {

  private final AtTheGate gate;

  ActingDirectly(AtTheGate gate) {
    this.gate = gate;
  }

  Step step(Turn turn) {
    RecordedIntent intent = Objects.requireNonNull(turn.status().intent());
    boolean values = RecordedIntents.kind(intent, turn.remediation()) == EffectKind.VALUES;
    return switch (intent.type()) {
      case Apply -> values ? apply(turn, intent) : new Running(turn, gate).step();
      case Undo -> undo(turn);
    };
  }

  /** Makes the changes of the plan; an edited action is another plan, unless these are begun. */
  private Step apply(Turn turn, RecordedIntent intent) {
    List<Change> changes = turn.plan().changes();
    Set<Query> missing = Syncing.missing(turn, LiveValues.queries(turn.target(), changes));
    if (!missing.isEmpty()) {
      return new Step.Read(missing);
    }
    LiveValues live = LiveValues.of(turn.target(), changes, turn.known());
    boolean begun = !live.done().isEmpty();
    if (live.allDone()) {
      return Step.be(
          Results.applied(turn.remediation(), live.generation(), turn.now()),
          turn.now().plus(Pace.FIRST));
    }
    boolean fits = live.other().isEmpty() && RecordedIntents.same(intent, turn.remediation());
    if (live.gone() || (!begun && !fits)) {
      // Nothing of ours is there and the plan does not fit any more: back to the gate, planned
      // anew.
      return planAnew(turn);
    }
    if (!live.other().isEmpty()) {
      return Endings.failed(
          turn,
          LifecycleReason.ChangedSince,
          "somebody changed the target while the change was being made, half of it is live");
    }
    return new Step.Do(
        new RemediationIntent.CarryOut(
            turn.remediation(), RecordedIntent.Type.Apply, live.undone(), null));
  }

  private Step planAnew(Turn turn) {
    var withoutIntent = turn.draft().intent(null).build();
    return gate.step(TargetJudge.withStatus(turn, withoutIntent));
  }

  private static Step undo(Turn turn) {
    Optional<Step> over = Endings.stalledTooLong(turn);
    if (over.isPresent()) {
      return over.get();
    }
    if (turn.status().isTrue(ConditionType.Stalled) && !turn.inputsChanged()) {
      return Step.be(Holding.asBefore(turn), Endings.stalledUntil(turn));
    }
    Applied applied = Objects.requireNonNull(turn.status().applied());
    List<Change> changes = applied.changes();
    Set<Query> missing = Syncing.missing(turn, LiveValues.queries(turn.target(), changes));
    if (!missing.isEmpty()) {
      return new Step.Read(missing);
    }
    LiveValues live = LiveValues.of(turn.target(), changes, turn.known());
    if (live.gone()) {
      return Endings.failed(
          turn, LifecycleReason.TargetGone, "the target was deleted or replaced before the undo");
    }
    if (!live.other().isEmpty()) {
      return Step.be(
          turn.draft()
              .stalled(
                  LifecycleReason.ChangedSince.name(),
                  "somebody changed "
                      + live.other().getFirst().path()
                      + " since; it is left as it is"),
          Endings.stalledUntil(turn));
    }
    if (live.done().isEmpty()) {
      return Step.be(Results.undone(turn.remediation(), turn.now()), null);
    }
    // The last first: elements of a list are put back at the places that they had.
    List<Change> back = live.done().reversed().stream().map(Change::reversed).toList();
    if (applied.account() != null) {
      return takeBack(turn, back, applied.account());
    }
    if (!EffectKind.of(turn.remediation().spec().action().type()).runsAsAccount()) {
      return takeBack(turn, back, null);
    }
    // Made by a release that did not record its account.
    return switch (AccountChoice.of(turn.remediation(), turn.policy())) {
      case AccountChoice.Chosen(String account) -> takeBack(turn, back, account);
      case AccountChoice.None(Verdict verdict) ->
          Step.be(turn.draft().stalled(verdict), Endings.stalledUntil(turn));
    };
  }

  private static Step takeBack(Turn turn, List<Change> back, @Nullable String account) {
    return new Step.Do(
        new RemediationIntent.CarryOut(
            turn.remediation(), RecordedIntent.Type.Undo, back, account));
  }
}
