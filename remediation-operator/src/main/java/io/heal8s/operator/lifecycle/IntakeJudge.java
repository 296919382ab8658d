// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.gate.Gate;
import io.heal8s.operator.gate.GateRequest;
import io.heal8s.operator.gate.Standing;
import io.heal8s.operator.intent.EffectKind;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.plan.patchresource.PatchTarget;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.target.Resolution;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Loop 1: finds the target of a Remediation and makes the first plan. Once both are written it
 * never writes that object again; from there on {@link TargetJudge} owns it.
 */
public final class IntakeJudge {

  private final TargetSource targets;
  private final PlanSource planner;

  /**
   * @param targets finds the object that must change
   * @param planner makes the first plan
   */
  public IntakeJudge(TargetSource targets, PlanSource planner) {
    this.targets = targets;
    this.planner = planner;
  }

  /** Whether loop 1 is done with an object. */
  public static boolean finished(Remediation remediation) {
    Standing standing = new Standing(remediation);
    RemediationStatus status = standing.status();
    return standing.ended()
        || standing.vanishing()
        || (status.target() != null && status.isTrue(ConditionType.Planned));
  }

  /** Judges; never throws for bad input. */
  public Judgement judge(IntakeSnapshot snapshot, Instant time) {
    Instant now = time.truncatedTo(ChronoUnit.MILLIS);
    Standing self = new Standing(snapshot.remediation());
    if (finished(snapshot.remediation())) {
      return new Judgement.Decided(Decision.nothing(Outcome.DONE));
    }
    Instant expires = self.expires(snapshot.policy());
    Arrival arrival = new Arrival(snapshot, now, expires);
    if (!now.isBefore(expires)) {
      return arrival.expired();
    }
    GateRequest request =
        new GateRequest(self, List.of(), List.of(), snapshot.policy(), snapshot.site());
    Optional<Verdict> verdict = Gate.beforeReading(request, now);
    if (verdict.isPresent()) {
      return arrival.stalled(verdict.get());
    }
    if (stallStands(snapshot)) {
      return new Judgement.Decided(
          Decision.nothing(new Outcome.Stalled(LifecycleReason.Scheduled, "", expires)));
    }
    if (snapshot.failure() != null) {
      return arrival.unreadable(snapshot.failure());
    }
    boolean patch =
        EffectKind.of(snapshot.remediation().spec().action().type()) == EffectKind.PATCH;
    Resolution resolution =
        patch
            ? PatchTarget.resolve(snapshot.remediation(), snapshot.policy(), snapshot.known())
            : targets.resolve(snapshot.remediation(), snapshot.known());
    return switch (resolution) {
      case Resolution.NeedsReading(Set<Query> queries) -> new Judgement.NeedsReading(queries);
      case Resolution.Unresolvable(Verdict unresolvable) -> arrival.stalled(unresolvable);
      case Resolution.Resolved(ResolvedTarget target, LiveObject live) ->
          plan(snapshot, arrival, target, live);
    };
  }

  private Judgement plan(
      IntakeSnapshot snapshot, Arrival arrival, ResolvedTarget target, LiveObject live) {
    PlanRequest request =
        new PlanRequest(
            snapshot.remediation(), target, live, snapshot.policy(), snapshot.site().cluster());
    return switch (planner.plan(request, snapshot.known())) {
      case Planning.NeedsReading(Set<Query> queries) -> new Judgement.NeedsReading(queries);
      case Planning.CannotPlan(Verdict verdict) -> arrival.stalled(verdict);
      case Planning.NothingToDo nothing -> arrival.planned(nothing.target(), nothing.plan());
      case Planning.Planned(ResolvedTarget planned, Plan plan) -> arrival.planned(planned, plan);
    };
  }

  private static boolean stallStands(IntakeSnapshot snapshot) {
    RemediationStatus status = snapshot.remediation().statusOrEmpty();
    Long generation = snapshot.remediation().getMetadata().getGeneration();
    return status.isTrue(ConditionType.Stalled)
        && Objects.equals(generation, status.observedGeneration())
        && !snapshot.inputsChanged();
  }

  /** What is written about one that arrived. */
  private record Arrival(IntakeSnapshot snapshot, Instant now, Instant expires) {

    Judgement planned(ResolvedTarget target, Plan plan) {
      String message = "planned; the gate comes next";
      StatusDraft draft =
          draft()
              .target(target)
              .plan(plan)
              .isTrue(ConditionType.Planned, LifecycleReason.Planned, "plan " + plan.id())
              .because(LifecycleReason.Planned, message);
      return decided(draft.build(), Outcome.DONE);
    }

    Judgement stalled(Verdict verdict) {
      StatusDraft draft =
          draft()
              .condition(
                  ConditionType.Planned,
                  Condition.Status.False,
                  verdict.reason().name(),
                  verdict.message())
              .stalled(verdict);
      return decided(
          draft.build(), new Outcome.Stalled(verdict.reason(), verdict.message(), expires));
    }

    Judgement unreadable(IntakeSnapshot.ReadFailure failure) {
      if (failure.cause() == null) {
        return stalled(new Verdict(PlanReason.UnsupportedTarget, failure.what()));
      }
      StatusDraft draft =
          draft()
              .condition(
                  ConditionType.Planned,
                  Condition.Status.Unknown,
                  LifecycleReason.ReadFailed.name(),
                  failure.what())
              .because(LifecycleReason.ReadFailed, failure.what());
      return decided(draft.build(), new Outcome.Retry(LifecycleReason.ReadFailed, failure.cause()));
    }

    Judgement expired() {
      StatusDraft draft =
          draft()
              .end(
                  Phase.Expired,
                  LifecycleReason.TtlExceeded.name(),
                  "its time to live ran out before it could be planned");
      return decided(draft.build(), Outcome.DONE);
    }

    private StatusDraft draft() {
      return StatusDraft.of(snapshot.remediation(), now)
          .isTrue(
              ConditionType.AlertReceived,
              LifecycleReason.AlertReceived,
              asker(snapshot.remediation()));
    }

    private static String asker(Remediation remediation) {
      var alert = remediation.spec().alert();
      var detector = remediation.spec().detector();
      return alert != null
          ? alert.name()
          : detector == null ? "" : detector.kind() + "/" + detector.name();
    }

    private Judgement decided(RemediationStatus status, Outcome outcome) {
      Remediation base = snapshot.remediation();
      if (status.equals(base.statusOrEmpty())) {
        return new Judgement.Decided(Decision.nothing(outcome));
      }
      RemediationIntent write =
          new RemediationIntent.WriteStatus(
              base, status, Announcements.between(base, status), null);
      return new Judgement.Decided(Decision.of(write, outcome));
    }
  }
}
