// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import static io.heal8s.resource.reconcile.decision.RunRows.APPLYING;
import static io.heal8s.resource.reconcile.decision.RunRows.run;
import static io.heal8s.resource.reconcile.decision.RunRows.stepped;
import static io.heal8s.resource.reconcile.decision.RunRows.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.decide.naming.StableHash;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.RunIntent.Call;
import io.heal8s.resource.reconcile.decision.RunRows.Then;
import io.heal8s.resource.reconcile.decision.RunState.Phase;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows from how far a plugin has come. */
class StepAnswersTest {

  /** What approves a plan of generation 1 without text. */
  private static final String PLAN = new StableHash().number(1).text("").hex(16);

  static List<Then> rows() {
    Set<Capability> none = Set.of();
    Set<Capability> ahead = Set.of(Capability.WRITE_AHEAD);
    WorkSample fresh = new WorkSample();
    Step done = new Step.Done(Step.Changes.NONE, null, "");
    Step failed = Step.Failed.because("no");
    Step unknown = new Step.Unknown("timed out");
    Step limited = new Step.Later(Duration.ofMinutes(7), "limit");
    RunState dispatching = run(Phase.DISPATCHING, Operation.APPLY, 1);
    Step taken = new Step.Unknown("no run shows it", true);
    return List.of(
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
            "what the other side does not take now is asked again, and has not failed",
            fresh.work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.APPLY, limited),
            "end pending, due PT7M"),
        new Then(
            "so is a destroy",
            fresh.deleted().work(),
            ahead,
            OnUnknown.HOLD,
            run(Phase.DISPATCHING, Operation.DESTROY, 1),
            stepped(Call.DESTROY, limited),
            "end deleting, due PT7M"),
        new Then(
            "a run under way stays so, and its cancel is asked for again",
            fresh.deleted().work(),
            ahead,
            OnUnknown.HOLD,
            APPLYING,
            stepped(Call.CANCEL, limited),
            "end deleting, due PT7M, RUNNING"),
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
            "unless something else is wanted by now: nobody wants that one any more",
            fresh.generation(2).work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.RECOVER, failed),
            "end, due PT0S"),
        new Then(
            "what may have happened is told before something else is begun",
            fresh.generation(2).work(),
            ahead,
            OnUnknown.REDISPATCH,
            dispatching,
            stepped(Call.RECOVER, unknown),
            "end failed, due PT0S"),
        new Then(
            "an unsure dispatch is held, also when something else is wanted by now",
            fresh.generation(2).work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.RECOVER, unknown),
            "end failed, due never, HELD"),
        new Then(
            "a dispatch that is found is followed, also when something else is wanted by now",
            fresh.generation(2).work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            stepped(
                Call.RECOVER, new Step.Running(Samples.json("{}"), Duration.ofSeconds(1), null)),
            "end pending, due PT1S, RUNNING"),
        new Then(
            "a dispatch that never happened waits where nobody approved it",
            fresh.approval().work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.RECOVER, failed),
            "end, due PT0S"),
        new Then(
            "nor is one repeated that nobody approved",
            fresh.approval().work(),
            ahead,
            OnUnknown.REDISPATCH,
            dispatching,
            stepped(Call.RECOVER, unknown),
            "end failed, due PT1M"),
        new Then(
            "what was approved may happen",
            fresh.approval().approved(PLAN).work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.RECOVER, failed),
            "ahead APPLY"),
        new Then(
            "a plan that was approved before something else was wanted is of no use",
            fresh.generation(2).approval().approved(PLAN).work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.RECOVER, failed),
            "end, due PT0S"),
        new Then(
            "a dispatch is not made for what is deleted, but what there may be is removed",
            fresh.generation(2).deleted().work(),
            ahead,
            OnUnknown.HOLD,
            dispatching,
            stepped(Call.RECOVER, failed),
            "ahead DESTROY"),
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
            "end, let go"),
        new Then(
            "a dispatch that was certainly taken is not repeated, whatever was chosen",
            fresh.work(),
            ahead,
            OnUnknown.REDISPATCH,
            APPLYING,
            stepped(Call.POLL, taken),
            "end failed, due never, HELD"),
        new Then(
            "nor right after it was taken",
            fresh.work(),
            ahead,
            OnUnknown.REDISPATCH,
            dispatching,
            stepped(Call.APPLY, taken),
            "end failed, due never, HELD"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void next(Then row) {
    assertThat(text(row.decided())).as(row.because()).isEqualTo(row.wanted());
  }
}
