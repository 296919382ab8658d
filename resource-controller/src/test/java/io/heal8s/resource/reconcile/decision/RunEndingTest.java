// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import static io.heal8s.resource.reconcile.decision.RunRows.NOW;
import static io.heal8s.resource.reconcile.decision.RunRows.decider;
import static io.heal8s.resource.reconcile.decision.RunRows.run;
import static io.heal8s.resource.reconcile.decision.RunRows.stepped;
import static io.heal8s.resource.reconcile.decision.RunRows.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.RunIntent.Call;
import io.heal8s.resource.reconcile.decision.RunIntent.End;
import io.heal8s.resource.reconcile.decision.RunState.Phase;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is recorded when a claim ends. */
class RunEndingTest {

  @Test
  void approvedPlanIsAppliedAndAnotherOneWaits() {
    WorkSample waiting = new WorkSample().approval();
    RunAnswer plan = new RunAnswer.Planned(new PlanResult.Changes("+1"));
    RunState state = run(Phase.DISPATCHING, Operation.APPLY, 1);
    End held = (End) decider(waiting.work(), Set.of(), OnUnknown.HOLD).next(state, plan, NOW);
    String id =
        Objects.requireNonNull(Objects.requireNonNull(held.completion().status()).pendingPlan())
            .id();

    assertThat(
            text(
                decider(waiting.approved(id).work(), Set.of(), OnUnknown.HOLD)
                    .next(state, plan, NOW)))
        .isEqualTo("ask APPLY");
    RunAnswer other = new RunAnswer.Planned(new PlanResult.Changes("-1"));
    assertThat(
            text(
                decider(waiting.approved(id).work(), Set.of(), OnUnknown.HOLD)
                    .next(state, other, NOW)))
        .as("because what was approved is that plan and not the next one")
        .isEqualTo("end pending, due never, plan");
  }

  @Test
  void aLimitIsNoAttemptAndNoFailure() {
    Work fresh = new WorkSample().work();
    Completion end = postponed(fresh);
    assertThat(end.attempt()).isNull();
    assertThat(end.event()).isEqualTo(EventType.MODIFIED);
    assertThat(end.next().failures()).isEqualTo(fresh.failures());
    assertThat(end.next().trigger()).isEqualTo(fresh.trigger());
    assertThat(end.next().run()).isNull();
    assertThat(Objects.requireNonNull(end.status()).status()).isEqualTo(fresh.status());
    assertThat(end.status().message()).isEqualTo("limit");
  }

  @Test
  void aLimitDoesNotForgetAnApproval() {
    Completion end = postponed(new WorkSample().approval().approved("a").work());
    assertThat(end.status()).as("which would replace the plan").isNull();
    assertThat(end.next().dueAt()).isEqualTo(NOW.plusSeconds(30));
  }

  private static Completion postponed(Work work) {
    RunAnswer limited = stepped(Call.APPLY, new Step.Later(Duration.ofSeconds(30), "limit"));
    RunState state = run(Phase.DISPATCHING, Operation.APPLY, 1);
    return ((End) decider(work, Set.of(), OnUnknown.HOLD).next(state, limited, NOW)).completion();
  }

  @Test
  void historyTellsTheGenerationThatWasApplied() {
    End end =
        (End)
            decider(new WorkSample().generation(3).work(), Set.of(), OnUnknown.HOLD)
                .next(
                    run(Phase.RUNNING, Operation.APPLY, 2),
                    stepped(Call.POLL, new Step.Done(Step.Changes.NONE, null, "")),
                    NOW);
    assertThat(Objects.requireNonNull(end.completion().attempt()).generation()).isEqualTo(2);
    assertThat(Objects.requireNonNull(end.completion().status()).observedGeneration()).isEqualTo(2);
  }

  @Test
  void heldDispatchIsNamedInTheMessage() {
    RunState state = run(Phase.DISPATCHING, Operation.APPLY, 1);
    End end =
        (End)
            decider(new WorkSample().work(), Set.of(Capability.WRITE_AHEAD), OnUnknown.HOLD)
                .next(state, stepped(Call.RECOVER, new Step.Unknown("no answer")), NOW);
    assertThat(Objects.requireNonNull(end.completion().status()).message())
        .contains(state.key())
        .contains("no answer");

    End taken =
        (End)
            decider(new WorkSample().work(), Set.of(Capability.WRITE_AHEAD), OnUnknown.HOLD)
                .next(state, stepped(Call.POLL, new Step.Unknown("not listed", true)), NOW);
    assertThat(Objects.requireNonNull(taken.completion().status()).message())
        .startsWith("It is not known what became of dispatch " + state.key())
        .contains("not listed");
  }

  @Test
  void whatTheDatabaseRefusesHasFailedAndWhatGoesOnOutsideIsHeld() {
    RunDecider decider = decider(new WorkSample().work(), Set.of(), OnUnknown.HOLD);
    assertThat(text(decider.unstorable(null, NOW))).isEqualTo("end failed, due PT1M");
    RunState running = run(Phase.RUNNING, Operation.APPLY, 1);
    assertThat(text(decider.unstorable(running, NOW))).isEqualTo("end failed, due never, HELD");
    assertThat(
            text(
                decider(new WorkSample().deleted().work(), Set.of(), OnUnknown.HOLD)
                    .unstorable(null, NOW)))
        .isEqualTo("end deleting, due PT1M");
  }
}
