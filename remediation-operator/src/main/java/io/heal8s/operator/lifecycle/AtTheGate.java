// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.gate.Gate;
import io.heal8s.operator.gate.GateReason;
import io.heal8s.operator.gate.GateRequest;
import io.heal8s.operator.intent.EffectKind;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.plan.patchresource.PatchTarget;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One that is planned and wants to act. */
final class AtTheGate {

  private final PlanSource planner;

  AtTheGate(PlanSource planner) {
    this.planner = planner;
  }

  Step step(Turn turn) {
    Instant expires = turn.self().expires(turn.policy());
    if (!turn.now().isBefore(expires)) {
      return Endings.expired(turn);
    }
    Optional<Step> over = AlertOver.end(turn);
    if (over.isPresent()) {
      return over.get();
    }
    GateRequest request = turn.gateRequest();
    Optional<Verdict> verdict = Gate.withoutReading(request, turn.now());
    if (verdict.isPresent()) {
      return new Holding(turn).held(verdict.get(), turn.draft());
    }
    if (Proposals.branchMayExist(turn.status())) {
      return Proposed.again(turn);
    }
    if (turn.self().awaitsApproval()
        && !turn.edited()
        && !Gate.approves(turn.self(), turn.plan())) {
      Verdict still = Gate.approvalRequired(turn.self(), turn.plan());
      return new Holding(turn).held(still, turn.draft());
    }
    if (stallStands(turn)) {
      return Step.be(Holding.asBefore(turn), expires);
    }
    return onFreshReading(turn);
  }

  /**
   * Whether a judgement that needed reading still stands: nothing that it depends on and that we
   * can see has changed.
   */
  private static boolean stallStands(Turn turn) {
    Condition gated = turn.status().condition(ConditionType.Gated);
    return gated != null
        && gated.status() == Condition.Status.False
        && turn.status().isTrue(ConditionType.Stalled)
        && !turn.inputsChanged();
  }

  private Step onFreshReading(Turn turn) {
    return EffectKind.of(turn.remediation().spec().action().type()) == EffectKind.PATCH
        ? asAccount(turn)
        : asOperator(turn);
  }

  /** A patch's target is read as whoever is going to send the patch. */
  private Step asAccount(Turn turn) {
    return switch (AccountChoice.of(turn.remediation(), turn.policy())) {
      case AccountChoice.Chosen(String account) ->
          onReading(turn, PatchTarget.query(turn.target(), account));
      case AccountChoice.None(Verdict verdict) -> new Holding(turn).held(verdict, turn.draft());
    };
  }

  private Step asOperator(Turn turn) {
    if (PatchTarget.isReadAsAccountsOnly(turn.target())) {
      return new Holding(turn)
          .held(
              new Verdict(
                  PlanReason.UnsupportedTarget,
                  turn.remediation().spec().action().type()
                      + " cannot change a "
                      + turn.target().kind()
                      + ", which heal8s reads for no other action than PatchResource"),
              turn.draft());
    }
    return onReading(turn, LiveValues.objectOf(turn.target()));
  }

  private Step onReading(Turn turn, Query get) {
    ResolvedTarget target = turn.target();
    Known known = turn.known();
    if (!known.has(get)) {
      return new Step.Read(Set.of(get));
    }
    Optional<String> refusal = known.refusal(get);
    if (refusal.isPresent()) {
      Verdict verdict = new Verdict(PlanReason.UnsupportedTarget, refusal.get());
      return new Holding(turn).held(verdict, turn.draft());
    }
    Optional<LiveObject> live = known.many(get).stream().findFirst();
    if (live.isEmpty()) {
      return new Holding(turn)
          .held(
              new Verdict(
                  LifecycleReason.TargetNotFound,
                  target.kind() + " " + target.namespace() + "/" + target.name() + " is gone"),
              turn.draft());
    }
    // Deleted and created again before anything was done: the same workload to its users.
    ResolvedTarget current =
        new ResolvedTarget(
            target.apiVersion(),
            target.kind(),
            target.namespace(),
            target.name(),
            live.get().uid(),
            target.container());
    PlanRequest request =
        new PlanRequest(
            turn.remediation(),
            current,
            live.get(),
            turn.policy(),
            turn.snapshot().site().cluster());
    return switch (planner.plan(request, known)) {
      case Planning.NeedsReading(Set<Query> queries) -> new Step.Read(queries);
      case Planning.CannotPlan(Verdict verdict) -> new Holding(turn).held(verdict, turn.draft());
      case Planning.NothingToDo nothing -> new NothingToChange(turn).begin(nothing);
      case Planning.Planned(ResolvedTarget planned, Plan plan) ->
          new Passing(turn).judge(live.get(), draftWith(turn, planned, plan), newest(turn, plan));
    };
  }

  /** The plan that stands: the recorded one unless the new one is another. */
  private static Plan newest(Turn turn, Plan plan) {
    Plan recorded = turn.plan();
    boolean same =
        recorded.id().equals(plan.id()) && Objects.equals(recorded.repository(), plan.repository());
    return same ? recorded : plan;
  }

  private static StatusDraft draftWith(Turn turn, ResolvedTarget target, Plan plan) {
    return turn.draft().target(target).plan(newest(turn, plan));
  }

  /** When something is due for one that the gate holds. */
  static Instant due(Turn turn, GateReason reason) {
    Instant expires = turn.self().expires(turn.policy());
    return Gate.waitsUntil(turn.gateRequest(), reason, turn.now())
        .filter(at -> at.isBefore(expires))
        .orElse(expires);
  }
}
