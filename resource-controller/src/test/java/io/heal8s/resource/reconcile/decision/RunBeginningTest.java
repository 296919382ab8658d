// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import static io.heal8s.resource.reconcile.decision.RunRows.APPLYING;
import static io.heal8s.resource.reconcile.decision.RunRows.NOW;
import static io.heal8s.resource.reconcile.decision.RunRows.decider;
import static io.heal8s.resource.reconcile.decision.RunRows.run;
import static io.heal8s.resource.reconcile.decision.RunRows.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.reconcile.decision.RunState.Phase;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a run does first. */
class RunBeginningTest {

  record First(String because, Work work, Set<Capability> capabilities, String wanted) {
    @Override
    public String toString() {
      return because;
    }
  }

  static List<First> firsts() {
    Set<Capability> none = Set.of();
    Set<Capability> all = EnumSet.allOf(Capability.class);
    WorkSample fresh = new WorkSample();
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
            fresh.failed().run(run(Phase.HELD, Operation.APPLY, 1)).generation(2).work(),
            all,
            "end, due never"),
        new First(
            "what is held is seen as failed, whatever a change made of it",
            fresh.run(run(Phase.HELD, Operation.APPLY, 1)).generation(2).work(),
            all,
            "end failed, due never, HELD"),
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
}
