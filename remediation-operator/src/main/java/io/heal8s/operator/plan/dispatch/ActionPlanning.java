// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.dispatch;

import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.Action;
import io.heal8s.operator.intent.ActionReason;
import io.heal8s.operator.intent.ParsedAction;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanAssembly;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.plan.increasememory.MemoryPlanner;
import io.heal8s.operator.plan.repository.RepositoryChoice;
import io.heal8s.operator.plan.restartworkload.RestartPlanner;
import io.heal8s.operator.plan.rollbackimage.RollbackPlanner;
import io.heal8s.operator.plan.scaleup.ScalePlanner;
import io.heal8s.operator.target.Known;

/** Plans of every action. */
public final class ActionPlanning {

  private ActionPlanning() {}

  /**
   * Plans what a Remediation asks.
   *
   * @param known what was read so far; asks again until that is enough
   * @return never throws for bad input; the same input gives the same plan and id
   */
  public static Planning plan(PlanRequest request, Known known) {
    return switch (ParsedAction.of(request.remediation().spec().action())) {
      case ParsedAction.NotUnderstood(Verdict verdict) -> new Planning.CannotPlan(verdict);
      case ParsedAction.Understood(Action action) -> finish(request, draft(request, action, known));
    };
  }

  private static Draft draft(PlanRequest request, Action action, Known known) {
    return switch (action) {
      case Action.IncreaseMemory increase -> MemoryPlanner.draft(request, increase, known);
      case Action.ScaleUp scale -> ScalePlanner.draft(request, scale, known);
      case Action.RollbackImage rollback -> RollbackPlanner.draft(request, rollback, known);
      case Action.RestartWorkload() -> RestartPlanner.draft(request);
      case Action.NotBuiltYet other -> notYet(other);
    };
  }

  private static Draft notYet(Action action) {
    return new Draft.Refused(
        new Verdict(
            ActionReason.NotSupportedYet,
            action.type()
                + " is not supported by this release; create a Remediation with IncreaseMemory,"
                + " ScaleUp, RollbackImage or RestartWorkload"));
  }

  private static Planning finish(PlanRequest request, Draft draft) {
    return switch (draft) {
      case Draft.Refused(Verdict verdict) -> new Planning.CannotPlan(verdict);
      case Draft.Needs(var queries) -> new Planning.NeedsReading(queries);
      case Draft.Nothing(var container, var reason, var message) ->
          new Planning.NothingToDo(
              PlanAssembly.target(request, container),
              PlanAssembly.emptyPlan(request),
              reason,
              message);
      case Draft.Changes changes -> planned(request, changes);
    };
  }

  private static Planning planned(PlanRequest request, Draft.Changes changes) {
    PlanRequest chosen = request.withTarget(PlanAssembly.target(request, changes.container()));
    if (request.remediation().spec().strategy().modeOrDefault() == Mode.Direct) {
      return new Planning.Planned(chosen.target(), PlanAssembly.plan(chosen, changes, null));
    }
    return switch (RepositoryChoice.choose(chosen, changes.changes())) {
      case RepositoryChoice.NotChosen(Verdict verdict) -> new Planning.CannotPlan(verdict);
      case RepositoryChoice.Chosen(var repository) ->
          new Planning.Planned(chosen.target(), PlanAssembly.plan(chosen, changes, repository));
    };
  }
}
