// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.RunIntent.Ask;
import io.heal8s.resource.reconcile.decision.RunIntent.Call;
import io.heal8s.resource.reconcile.decision.RunIntent.End;
import io.heal8s.resource.reconcile.decision.RunIntent.WriteAhead;
import io.heal8s.resource.reconcile.decision.RunState.Phase;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** What tables of decisions are made of. */
final class RunRows {

  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final RunState APPLYING = run(Phase.RUNNING, Operation.APPLY, 1);

  private RunRows() {}

  /**
   * An answer and what follows from it.
   *
   * @param wanted what is done then, as {@link #text} says it
   */
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

    RunIntent decided() {
      return decider(work, capabilities, onUnknown).next(state, answer, NOW);
    }
  }

  static RunAnswer stepped(Call call, Step step) {
    return new RunAnswer.Stepped(call, step);
  }

  static RunDecider decider(Work work, Set<Capability> capabilities, OnUnknown onUnknown) {
    // A draw of one half is no jitter.
    return new RunDecider(
        work, new RunPolicy(capabilities, onUnknown, Backoff.DEFAULT, Duration.ofMinutes(5)), 0.5);
  }

  static RunState run(Phase phase, Operation operation, long generation) {
    return new RunState(
        phase,
        operation,
        generation,
        Trigger.INITIAL,
        false,
        NOW,
        "7-1-1",
        phase == Phase.RUNNING ? Samples.json("{}") : null,
        "",
        new RunInputs("v1", Samples.json("{}"), Samples.json("{}"), Samples.json("{}")));
  }

  static String text(RunIntent intent) {
    return switch (intent) {
      case Ask(Call call, RunState _) -> "ask " + call;
      case WriteAhead(RunState state) -> "ahead " + state.operation();
      case End(Completion completion) -> text(completion);
    };
  }

  static String text(Completion completion) {
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
}
