// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.RunIntent.Ask;
import io.heal8s.resource.reconcile.decision.RunIntent.Call;
import io.heal8s.resource.reconcile.decision.RunIntent.End;
import io.heal8s.resource.reconcile.decision.RunIntent.WriteAhead;
import io.heal8s.resource.reconcile.decision.RunState.Phase;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run does first, and what after each answer. */
class RunDeciderTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final RunState APPLYING = run(Phase.RUNNING, Operation.APPLY, 1);

  record First(String because, Work work, Set<Capability> capabilities, String wanted) {
    @Override
    public String toString() {
      return because;
    }
  }

  static List<First> firsts() {
    Set<Capability> none = Set.of();
    Set<Capability> all = EnumSet.allOf(Capability.class);
    Sample fresh = new Sample();
    return List.of(
        new First("a new one is planned", fresh.work(), none, "ask PLAN"),
        new First(
            "a changed one is planned", fresh.applied(1).generation(2).work(), none, "ask PLAN"),
        new First(
            "a ready one whose turn has come is compared",
            fresh.applied(1).trigger(Trigger.SCHEDULED).work(),
            all,
            "ask DETECT_DRIFT"),
        new First(
            "a plugin that finds no drift is left alone: no blind dispatch every five minutes",
            fresh.applied(1).trigger(Trigger.SCHEDULED).work(),
            none,
            "end, due never"),
        new First(
            "who asks by hand gets a run though nothing changed",
            fresh.applied(1).trigger(Trigger.MANUAL).work(),
            all,
            "ask PLAN"),
        new First("nobody acts for it", fresh.plugin("").work(), none, "end, due never"),
        new First("deletion destroys", fresh.deleted().work(), none, "ask DESTROY"),
        new First(
            "a destroy that does harm twice is written ahead",
            fresh.deleted().work(),
            all,
            "ahead DESTROY"),
        new First(
            "a plugin that already let go is not asked again",
            fresh.deleted().finalizers().work(),
            none,
            "end, let go"),
        new First("an outside run is asked for", fresh.run(APPLYING).work(), none, "ask POLL"),
        new First(
            "deletion cancels an outside run",
            fresh.run(APPLYING).deleted().work(),
            all,
            "ask CANCEL"),
        new First(
            "deletion follows a run that cannot be cancelled",
            fresh.run(APPLYING).deleted().work(),
            none,
            "ask POLL"),
        new First(
            "an outside destroy is not cancelled by the deletion that began it",
            fresh.run(run(Phase.RUNNING, Operation.DESTROY, 1)).deleted().work(),
            all,
            "ask POLL"),
        new First(
            "a dispatch whose end was never recorded is looked up, not repeated",
            fresh.run(run(Phase.DISPATCHING, Operation.APPLY, 1)).work(),
            all,
            "ask RECOVER"),
        new First(
            "what is held stays held, also after a change",
            fresh.run(run(Phase.HELD, Operation.APPLY, 1)).generation(2).work(),
            all,
            "end, due never"),
        new First(
            "deletion does not wait for a person to look",
            fresh.run(run(Phase.HELD, Operation.APPLY, 1)).deleted().work(),
            all,
            "ahead DESTROY"));
  }

  @ParameterizedTest
  @MethodSource("firsts")
  void first(First row) {
    RunDecider decider = decider(row.work(), row.capabilities(), OnUnknown.HOLD);
    assertThat(text(decider.first(NOW))).as(row.because()).isEqualTo(row.wanted());
  }

  record Then(
      String because,
      Work work,
      Set<Capability> capabilities,
      OnUnknown onUnknown,
      RunState state,
      RunAnswer answer,
      String wanted) {
    @Override
    public String toString() {
      return because;
    }
  }

  static List<Then> thens() {
    Set<Capability> none = Set.of();
    Set<Capability> ahead = Set.of(Capability.WRITE_AHEAD);
    Sample fresh = new Sample();
    Step done = new Step.Done(Step.Changes.NONE, null, "");
    Step failed = Step.Failed.because("no");
    Step unknown = new Step.Unknown("timed out");
    RunState dispatching = run(Phase.DISPATCHING, Operation.APPLY, 1);
    RunAnswer changes = new RunAnswer.Planned(new PlanResult.Changes("+1"));
    return List.of(
        new Then(
            "a plan with changes is applied",
            fresh.work(),
            none,
            OnUnknown.HOLD,
            dispatching,
            changes,
            "ask APPLY"),
        new Then(
            "a dispatch is written ahead where it does harm twice",
            fresh.work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            changes,
            "ahead APPLY"),
        new Then(
            "a plan without changes is success",
            fresh.work(),
            none,
            OnUnknown.HOLD,
            dispatching,
            new RunAnswer.Planned(new PlanResult.NoChanges("")),
            "end ready, due never"),
        new Then(
            "a plan waits for approval",
            fresh.approval().work(),
            none,
            OnUnknown.HOLD,
            dispatching,
            changes,
            "end pending, due never, plan"),
        new Then(
            "drift is repaired",
            fresh.applied(1).work(),
            none,
            OnUnknown.HOLD,
            dispatching,
            new RunAnswer.Compared(new DriftResult.Drifted("x")),
            "ask PLAN"),
        new Then(
            "no drift is no news",
            fresh.applied(1).work(),
            Set.of(Capability.DRIFT),
            OnUnknown.HOLD,
            dispatching,
            new RunAnswer.Compared(new DriftResult.InSync()),
            "end, due PT5M"),
        new Then(
            "what cannot be compared now is no failure",
            fresh.applied(1).work(),
            Set.of(Capability.DRIFT),
            OnUnknown.HOLD,
            dispatching,
            new RunAnswer.Compared(new DriftResult.Unclear("x")),
            "end, due PT5M"),
        new Then(
            "what is written ahead may happen",
            fresh.work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            new RunAnswer.WrittenAhead(),
            "ask APPLY"),
        new Then(
            "done is ready",
            fresh.work(),
            none,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.APPLY, done),
            "end ready, due never"),
        new Then(
            "done for an older generation is followed at once",
            fresh.generation(2).work(),
            none,
            OnUnknown.HOLD,
            APPLYING,
            stepped(Call.POLL, done),
            "end pending, due PT0S"),
        new Then(
            "the first failure waits a minute",
            fresh.work(),
            none,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.APPLY, failed),
            "end failed, due PT1M"),
        new Then(
            "a rate limit waits longer than the backoff",
            fresh.work(),
            none,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.APPLY, new Step.Failed("limit", "", Duration.ofMinutes(7))),
            "end failed, due PT7M"),
        new Then(
            "an outside run is looked at when the plugin says",
            fresh.work(),
            none,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.APPLY, new Step.Running(Samples.json("{}"), Duration.ofMillis(200), null)),
            "end pending, due PT0.2S, RUNNING"),
        new Then(
            "an unsure dispatch is held",
            fresh.work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.RECOVER, unknown),
            "end failed, due never, HELD"),
        new Then(
            "an unsure dispatch is dispatched again where that was chosen",
            fresh.work(),
            ahead,
            OnUnknown.REDISPATCH,
            dispatching,
            stepped(Call.RECOVER, unknown),
            "ahead APPLY"),
        new Then(
            "a dispatch that certainly never happened may happen",
            fresh.work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.RECOVER, failed),
            "ahead APPLY"),
        new Then(
            "a dispatch that becomes unsure under our eyes does not spin",
            fresh.work(),
            ahead,
            OnUnknown.REDISPATCH,
            dispatching,
            stepped(Call.APPLY, unknown),
            "end failed, due PT1M"),
        new Then(
            "what was cancelled is cleaned up",
            fresh.deleted().work(),
            none,
            OnUnknown.HOLD,
            APPLYING,
            stepped(Call.CANCEL, done),
            "ask DESTROY"),
        new Then(
            "a cancel takes its time",
            fresh.deleted().work(),
            none,
            OnUnknown.HOLD,
            APPLYING,
            stepped(Call.CANCEL, new Step.Running(Samples.json("{}"), Duration.ofSeconds(1), null)),
            "end deleting, due PT1S, CANCELLING"),
        new Then(
            "a failed destroy is tried again and not forgotten",
            fresh.deleted().work(),
            none,
            OnUnknown.HOLD,
            run(Phase.DISPATCHING, Operation.DESTROY, 1),
            stepped(Call.DESTROY, failed),
            "end deleting, due PT1M"),
        new Then(
            "what is destroyed is let go",
            fresh.deleted().work(),
            none,
            OnUnknown.HOLD,
            run(Phase.DISPATCHING, Operation.DESTROY, 1),
            stepped(Call.DESTROY, done),
            "end, let go"));
  }

  @ParameterizedTest
  @MethodSource("thens")
  void next(Then row) {
    RunDecider decider = decider(row.work(), row.capabilities(), row.onUnknown());
    assertThat(text(decider.next(row.state(), row.answer(), NOW)))
        .as(row.because())
        .isEqualTo(row.wanted());
  }

  @Test
  void approvedPlanIsAppliedAndAnotherOneWaits() {
    Sample waiting = new Sample().approval();
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
  void historyTellsTheGenerationThatWasApplied() {
    End end =
        (End)
            decider(new Sample().generation(3).work(), Set.of(), OnUnknown.HOLD)
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
            decider(new Sample().work(), Set.of(Capability.WRITE_AHEAD), OnUnknown.HOLD)
                .next(state, stepped(Call.RECOVER, new Step.Unknown("no answer")), NOW);
    assertThat(Objects.requireNonNull(end.completion().status()).message())
        .contains(state.key())
        .contains("no answer");
  }

  private static RunAnswer stepped(Call call, Step step) {
    return new RunAnswer.Stepped(call, step);
  }

  private static RunDecider decider(Work work, Set<Capability> capabilities, OnUnknown onUnknown) {
    // A draw of one half is no jitter.
    return new RunDecider(
        work, new RunPolicy(capabilities, onUnknown, Backoff.DEFAULT, Duration.ofMinutes(5)), 0.5);
  }

  private static RunState run(Phase phase, Operation operation, long generation) {
    return new RunState(
        phase,
        operation,
        generation,
        Trigger.INITIAL,
        false,
        NOW,
        "7-1-1",
        phase == Phase.RUNNING ? Samples.json("{}") : null,
        "");
  }

  private static String text(RunIntent intent) {
    return switch (intent) {
      case Ask(Call call, RunState _) -> "ask " + call;
      case WriteAhead(RunState state) -> "ahead " + state.operation();
      case End(Completion completion) -> text(completion);
    };
  }

  private static String text(Completion completion) {
    if (completion.letGo()) {
      return "end, let go";
    }
    Completion.StatusChange status = completion.status();
    Instant due = completion.next().dueAt();
    RunState run = completion.next().run();
    return "end"
        + (status == null ? "" : " " + status.status().word())
        + ", due "
        + (due == null ? "never" : Duration.between(NOW, due))
        + (run == null || completion.status() == null ? "" : ", " + run.phase())
        + (status == null || status.pendingPlan() == null ? "" : ", plan");
  }

  /** A resource of generation 1 that was never applied, and variations of it. */
  private record Sample(
      String plugin,
      long generation,
      long observed,
      ResourceStatus status,
      List<String> finalizerNames,
      Approval approvalMode,
      @Nullable String approvedPlan,
      boolean isDeleted,
      Trigger why,
      @Nullable RunState underWay) {

    Sample() {
      this(
          "instant",
          1,
          0,
          ResourceStatus.PENDING,
          List.of("instant"),
          Approval.AUTOMATIC,
          null,
          false,
          Trigger.INITIAL,
          null);
    }

    Sample plugin(String name) {
      return new Sample(
          name,
          generation,
          observed,
          status,
          finalizerNames,
          approvalMode,
          approvedPlan,
          isDeleted,
          why,
          underWay);
    }

    Sample generation(long wanted) {
      return new Sample(
          plugin,
          wanted,
          observed,
          status,
          finalizerNames,
          approvalMode,
          approvedPlan,
          isDeleted,
          why,
          underWay);
    }

    Sample applied(long done) {
      return new Sample(
          plugin,
          generation,
          done,
          ResourceStatus.READY,
          finalizerNames,
          approvalMode,
          approvedPlan,
          isDeleted,
          why,
          underWay);
    }

    Sample trigger(Trigger reason) {
      return new Sample(
          plugin,
          generation,
          observed,
          status,
          finalizerNames,
          approvalMode,
          approvedPlan,
          isDeleted,
          reason,
          underWay);
    }

    Sample deleted() {
      return new Sample(
          plugin,
          generation,
          observed,
          ResourceStatus.DELETING,
          finalizerNames,
          approvalMode,
          approvedPlan,
          true,
          Trigger.DELETION,
          underWay);
    }

    Sample finalizers(String... names) {
      return new Sample(
          plugin,
          generation,
          observed,
          status,
          List.of(names),
          approvalMode,
          approvedPlan,
          isDeleted,
          why,
          underWay);
    }

    Sample approval() {
      return new Sample(
          plugin,
          generation,
          observed,
          status,
          finalizerNames,
          Approval.MANUAL,
          approvedPlan,
          isDeleted,
          why,
          underWay);
    }

    Sample approved(String id) {
      return new Sample(
          plugin,
          generation,
          observed,
          status,
          finalizerNames,
          approvalMode,
          id,
          isDeleted,
          why,
          underWay);
    }

    Sample run(RunState run) {
      return new Sample(
          plugin,
          generation,
          observed,
          status,
          finalizerNames,
          approvalMode,
          approvedPlan,
          isDeleted,
          why,
          run);
    }

    Work work() {
      return new Work(
          7,
          "thing",
          "Thing",
          "v1",
          plugin,
          generation,
          observed,
          Samples.json("{}"),
          Samples.json("{}"),
          Samples.json("{}"),
          Samples.json("{}"),
          status,
          null,
          List.of(),
          finalizerNames,
          approvalMode,
          approvedPlan,
          null,
          isDeleted,
          30,
          why,
          1,
          1,
          0,
          0,
          underWay,
          NOW,
          0);
    }
  }
}
