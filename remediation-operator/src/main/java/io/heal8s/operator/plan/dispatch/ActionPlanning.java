// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.dispatch;

import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.Action;
import io.heal8s.operator.intent.ActionReason;
import io.heal8s.operator.intent.ParsedAction;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanAssembly;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.plan.callwebhook.WebhookPlanner;
import io.heal8s.operator.plan.execcommand.ExecPlanner;
import io.heal8s.operator.plan.increasememory.MemoryPlanner;
import io.heal8s.operator.plan.patchresource.PatchPlanner;
import io.heal8s.operator.plan.repository.RepositoryChoice;
import io.heal8s.operator.plan.restartpods.RestartPodsPlanner;
import io.heal8s.operator.plan.restartworkload.RestartPlanner;
import io.heal8s.operator.plan.rollbackimage.RollbackPlanner;
import io.heal8s.operator.plan.scaleto.ScaleToPlanner;
import io.heal8s.operator.plan.scaleup.ScalePlanner;
import io.heal8s.operator.target.AskedAction;
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
    return switch (AskedAction.of(request.remediation(), known)) {
      case AskedAction.NeedsReading(var queries) -> new Planning.NeedsReading(queries);
      case AskedAction.NotUnderstood(Verdict verdict) -> new Planning.CannotPlan(verdict);
      case AskedAction.Understood(Action action) -> finish(request, draft(request, action, known));
    };
  }

  private static Draft draft(PlanRequest request, Action action, Known known) {
    return switch (action) {
      case Action.IncreaseMemory increase -> MemoryPlanner.draft(request, increase, known);
      case Action.ScaleUp scale -> ScalePlanner.draft(request, scale, known);
      case Action.RollbackImage rollback -> RollbackPlanner.draft(request, rollback, known);
      case Action.RestartWorkload() -> RestartPlanner.draft(request);
      case Action.ScaleTo scale -> ScaleToPlanner.draft(request, scale, known);
      case Action.RestartPods restart -> RestartPodsPlanner.draft(request, restart, known);
      case Action.CallWebhook(var call) -> WebhookPlanner.draft(call);
      case Action.ExecCommand(var command) -> ExecPlanner.draft(request, command, known);
      case Action.PatchResource(var patch) -> PatchPlanner.draft(request, patch, known);
      case Action.NotBuiltYet other -> notYet(other);
    };
  }

  private static Draft notYet(Action action) {
    return new Draft.Refused(
        new Verdict(
            ActionReason.NotSupportedYet,
            action.type()
                + " is not supported by this release; create a Remediation with one of "
                + String.join(", ", ParsedAction.BUILT)));
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
      case Draft.Run run -> run(request, run);
      case Draft.Changes changes -> planned(request, changes);
    };
  }

  private static Planning run(PlanRequest request, Draft.Run run) {
    if (request.remediation().spec().strategy().modeOrDefault() != Mode.Direct) {
      return new Planning.CannotPlan(
          new Verdict(
              PlanReason.DirectOnly,
              request.remediation().spec().action().type()
                  + " changes nothing that a pull request could carry; create a Remediation with"
                  + " spec.strategy.mode Direct"));
    }
    return new Planning.Planned(request.target(), PlanAssembly.run(request, run));
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
