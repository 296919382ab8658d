// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.plugin.state.ProgramRun;
import java.util.Optional;

/** What is to be thought of a run that no longer runs. */
final class RunJudgement {

  private RunJudgement() {}

  /** What came of it; empty while it runs. */
  static Optional<Step> of(ProgramRun run) {
    ProgramRun.Ending ending = run.ending();
    if (ending == null) {
      return run.alive() ? Optional.empty() : Optional.of(lost(run));
    }
    if (ending.success()) {
      return Optional.of(
          new Step.Done(
              new Step.Changes(ending.created(), ending.changed(), ending.removed()),
              ending.outputs(),
              ending.output()));
    }
    boolean unsure =
        run.operation() == ProgramRun.Operation.APPLY
            && (!ending.complete() || (run.locked() && !run.released()));
    return Optional.of(
        unsure
            ? new Step.Unknown(ending.message())
            : new Step.Failed(ending.message(), ending.output(), null));
  }

  /**
   * Its process died before it told how the run ended. The lock of the state tells: nothing changes
   * before it is taken, and the state is complete once it is released. Between the two, what an
   * apply made last may be in no state, and would be made twice; what a destroy removed is gone,
   * however often it is removed.
   */
  private static Step lost(ProgramRun run) {
    if (!run.locked()) {
      return Step.Failed.because(
          "the process ended before the run changed anything; it is done again");
    }
    if (run.released()) {
      return Step.Failed.because(
          "the process ended during the run, and the state is complete; it is done again");
    }
    return switch (run.operation()) {
      case DESTROY ->
          Step.Failed.because("the process ended while things were removed; it is done again");
      case APPLY ->
          new Step.Unknown(
              "the process of run %s ended while it held the lock of the state: what it made last may not be in the state"
                  .formatted(run.id()));
    };
  }
}
