// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.gate.ApprovalGuard;
import io.heal8s.operator.gate.FreshFacts;
import io.heal8s.operator.gate.Gate;
import io.heal8s.operator.gate.GateRequest;
import io.heal8s.operator.gate.Standing;
import io.heal8s.operator.intent.Claim;
import io.heal8s.operator.intent.EffectCounts;
import io.heal8s.operator.intent.EffectKind;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.verify.Health;
import io.heal8s.operator.verify.HealthJudge;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The last part of the gate: a plan was made from a fresh reading and may act at once. */
final class Passing {

  // The executor comes back by itself as soon as the record is in the cache; this is the fallback.
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Turn turn;

  Passing(Turn turn) {
    this.turn = turn;
  }

  Step judge(LiveObject live, StatusDraft draft, Plan plan) {
    GateRequest request = turn.gateRequest();
    Set<Query> missing = new HashSet<>();
    boolean healthy = false;
    if (Gate.asksForHealth(request)) {
      switch (HealthJudge.of(turn.target(), turn.known())) {
        case Health.NeedsReading(Set<Query> queries) -> missing.addAll(queries);
        case Health.Healthy _ -> healthy = true;
        case Health.Unhealthy _, Health.Missing _ -> {}
      }
    }
    boolean guarded = false;
    if (Gate.asksForGuard(request)) {
      ApprovalGuard.QUERIES.stream()
          .filter(query -> !turn.known().has(query))
          .forEach(missing::add);
      guarded = missing.isEmpty() && ApprovalGuard.installed(turn.known());
    }
    if (!missing.isEmpty()) {
      return new Step.Read(missing);
    }
    FreshFacts facts = new FreshFacts(plan, live, healthy, guarded);
    Optional<Verdict> verdict = Gate.onFreshReading(request, facts, turn.now());
    if (verdict.isPresent()) {
      return new Holding(turn).held(verdict.get(), draft);
    }
    if (EffectKind.of(turn.remediation().spec().action().type()) == EffectKind.CALL) {
      // Nothing in the cluster changes, so nothing is counted.
      draft.joinedTo(null);
      return new Step.Be(recorded(draft, plan).build(), null, turn.now().plus(SOON));
    }
    EffectCounts counts = turn.snapshot().counts();
    return counts == null ? new Step.Count() : onBudgets(request, ofOthers(counts), draft, plan);
  }

  /**
   * Without the place that it has already: a proposal that goes through the gate again, or a
   * recorded effect that is planned anew. One that has left the window is not counted any more.
   */
  private EffectCounts ofOthers(EffectCounts counts) {
    Standing recorded = turn.recorded();
    Instant taken = recorded.placeTakenAt();
    if (taken != null) {
      return counts.lessEffect(taken);
    }
    return recorded.proposed() ? counts.lessOneProposal() : counts;
  }

  private Step onBudgets(GateRequest request, EffectCounts counts, StatusDraft draft, Plan plan) {
    Optional<Verdict> verdict = Gate.onBudgets(request, counts, turn.now());
    if (verdict.isPresent()) {
      return new Holding(turn).held(verdict.get(), draft, roomAt(request, counts));
    }
    draft.joinedTo(null);
    Mode mode = turn.remediation().spec().strategy().modeOrDefault();
    return switch (mode) {
      case GitOps -> throughGit(draft);
      case Direct -> directly(draft, plan);
    };
  }

  private Instant roomAt(GateRequest request, EffectCounts counts) {
    Instant room = turn.self().expires(turn.policy());
    Optional<Instant> free = Gate.budgetFreeAt(request, counts, turn.now());
    if (free.isPresent() && free.get().isBefore(room)) {
      room = free.get();
    }
    Instant next = Pace.room(turn.now());
    return counts.haveProposals() && next.isBefore(room) ? next : room;
  }

  private Step throughGit(StatusDraft draft) {
    draft.isTrue(ConditionType.Gated, LifecycleReason.ReadyToAct, "the policy lets the plan act");
    return new Step.Be(
        Proposed.waiting(turn, draft).build(), claim(Mode.GitOps), Proposed.due(turn));
  }

  private Step directly(StatusDraft draft, Plan plan) {
    return new Step.Be(recorded(draft, plan).build(), claim(Mode.Direct), turn.now().plus(SOON));
  }

  private Claim claim(Mode via) {
    return new Claim(turn.target().namespace(), turn.policy().budget(), via);
  }

  private @Nullable String account() {
    if (!EffectKind.of(turn.remediation().spec().action().type()).runsAsAccount()) {
      return null;
    }
    return switch (AccountChoice.of(turn.remediation(), turn.policy())) {
      case AccountChoice.Chosen(String name) -> name;
      case AccountChoice.None _ -> null;
    };
  }

  private StatusDraft recorded(StatusDraft draft, Plan plan) {
    String message = "the change is recorded and made next";
    ActionSpec action = turn.remediation().spec().action();
    return draft
        .isTrue(ConditionType.Gated, LifecycleReason.ReadyToAct, "the policy lets the plan act")
        .isFalse(ConditionType.Applied, LifecycleReason.ApplyRecorded, message)
        .intent(
            new RecordedIntent(
                RecordedIntent.Type.Apply,
                plan.id(),
                RecordedIntents.key(turn.remediation(), RecordedIntent.Type.Apply, plan.id()),
                draft.now(),
                account(),
                action.type(),
                RecordedIntents.digest(action)))
        .oneMoreAttempt()
        .because(LifecycleReason.ApplyRecorded, message);
  }
}
