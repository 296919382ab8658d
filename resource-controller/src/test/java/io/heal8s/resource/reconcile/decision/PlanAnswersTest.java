// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import static io.heal8s.resource.reconcile.decision.RunRows.run;
import static io.heal8s.resource.reconcile.decision.RunRows.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.reconcile.decision.RunRows.Then;
import io.heal8s.resource.reconcile.decision.RunState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What follows from a plan, a comparison and a write-ahead. */
class PlanAnswersTest {

  static List<Then> rows() {
    Set<Capability> none = Set.of();
    Set<Capability> ahead = Set.of(Capability.WRITE_AHEAD);
    WorkSample fresh = new WorkSample();
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
            "a limit of requests is waited out and is no failure",
            fresh.work(),
            none,
            OnUnknown.HOLD,
            dispatching,
            new RunAnswer.Planned(new PlanResult.Later(Duration.ofMinutes(7), "limit")),
            "end pending, due PT7M"),
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
            "ask APPLY"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void next(Then row) {
    assertThat(text(row.decided())).as(row.because()).isEqualTo(row.wanted());
  }
}
