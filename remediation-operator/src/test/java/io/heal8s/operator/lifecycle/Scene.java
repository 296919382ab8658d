// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.fakecluster.FakePatch;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.intent.Claim;
import io.heal8s.operator.intent.EffectCounts;
import io.heal8s.operator.intent.EffectCounts.Taken;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Policies;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A target, its Remediations and what the API server would answer; judged until decided. */
final class Scene {

  static final Site SITE = new Site("c1", "heal8s-system");
  static final String KEY = "apps/v1/Deployment/shop/api";

  private final List<Remediation> remediations = new ArrayList<>();
  private final List<Remediation> arriving = new ArrayList<>();
  private EffectivePolicy policy = EffectivePolicy.DEFAULT;
  private String key = KEY;
  private @Nullable String refusesAccounts;
  private boolean inputsChanged;
  private @Nullable LiveObject deployment = Live.deployment("256Mi", 1);
  private List<LiveObject> pods = Live.readyPods(1);
  private boolean guarded = true;
  private EffectCounts counts = new EffectCounts(Taken.NOTHING, Taken.NOTHING);
  private Planning planning =
      new Planning.CannotPlan(new Verdict(PlanReason.NoRepository, "unset"));
  private boolean planFromLive = true;
  private Instant now = Rem.T0.plus(Duration.ofMinutes(1));

  final Set<Query> read = new LinkedHashSet<>();

  static Scene of(Rem... rems) {
    Scene scene = new Scene();
    for (Rem rem : rems) {
      scene.remediations.add(rem.build());
    }
    return scene;
  }

  /** These have no target yet. */
  Scene arriving(Rem... rems) {
    for (Rem rem : rems) {
      arriving.add(rem.build());
    }
    return this;
  }

  Scene policy(String json) {
    this.policy = Policies.of(json);
    return this;
  }

  /** The run of the target's calls. */
  Scene calls() {
    this.key = TargetKeys.ofCalls(KEY);
    return this;
  }

  /** No account may read anything, and is told that. */
  Scene refusesAccounts(String message) {
    this.refusesAccounts = message;
    return this;
  }

  Scene inputsChanged() {
    this.inputsChanged = true;
    return this;
  }

  Scene limit(String limit) {
    this.deployment = Live.deployment(limit, 1);
    return this;
  }

  Scene deployment(@Nullable LiveObject live) {
    this.deployment = live;
    return this;
  }

  Scene pods(LiveObject... live) {
    this.pods = List.of(live);
    return this;
  }

  Scene unhealthy() {
    return pods(Live.pod("api-h1-0", false, 3, "2026-03-01T12:00:30Z"));
  }

  Scene unguarded() {
    this.guarded = false;
    return this;
  }

  Scene counts(EffectCounts made) {
    this.counts = made;
    return this;
  }

  Scene plans(Planning made) {
    this.planning = made;
    this.planFromLive = false;
    return this;
  }

  Scene at(Duration offset) {
    this.now = Rem.T0.plus(offset);
    return this;
  }

  /** A plan that raises what the live object has to 320Mi. */
  private Planning plan(PlanRequest request, Known known) {
    if (!planFromLive) {
      return planning;
    }
    String limit = request.live().text(Rem.LIMIT);
    Plan recorded = request.remediation().statusOrEmpty().plan();
    boolean same =
        recorded != null && recorded.changes().equals(Rem.plan("x", limit, "320Mi").changes());
    String id = same && recorded != null ? recorded.id() : "plan-" + limit;
    return new Planning.Planned(request.target(), Rem.plan(id, limit, "320Mi"));
  }

  /** Judges until everything is read. */
  Decided judge() {
    TargetJudge judge = new TargetJudge(this::plan);
    TargetSnapshot snapshot =
        TargetSnapshot.of(key, remediations, arriving, policy, inputsChanged, SITE);
    for (int round = 0; round < 10; round++) {
      switch (judge.judge(snapshot, now)) {
        case Judgement.NeedsReading(Set<Query> queries) -> {
          Known known = snapshot.known();
          for (Query query : queries) {
            read.add(query);
            known =
                query instanceof Query.GetAs as && refusesAccounts != null
                    ? known.refusing(as, refusesAccounts)
                    : known.with(query, answer(query));
          }
          snapshot = snapshot.with(known);
        }
        case Judgement.NeedsCounts() -> snapshot = snapshot.with(counts);
        case Judgement.Decided(Decision<RemediationIntent> decision) -> {
          return new Decided(this, decision);
        }
      }
    }
    throw new AssertionError("asks for ever: " + read);
  }

  private List<LiveObject> answer(Query query) {
    return switch (query) {
      case Query.Get get ->
          switch (get.kind()) {
            case "Deployment" -> Optional.ofNullable(deployment).stream().toList();
            case "ValidatingAdmissionPolicy" -> guarded ? List.of(Live.guard()) : List.of();
            case "ValidatingAdmissionPolicyBinding" ->
                guarded ? List.of(Live.guardBinding()) : List.of();
            default -> List.of();
          };
      case Query.GetAs(var account, Query.Get get) -> answer(get);
      case Query.Patched(var account, Query.Get get, var patch, var read) ->
          answer(get).stream().flatMap(object -> FakePatch.apply(object, patch).stream()).toList();
      case Query.ListBySelector _ -> pods;
    };
  }

  /** What was decided. */
  record Decided(Scene scene, Decision<RemediationIntent> decision) {

    /** The status that this one has afterwards. */
    RemediationStatus status(String name) {
      for (RemediationIntent intent : decision.intents()) {
        if (intent instanceof RemediationIntent.WriteStatus write
            && name.equals(write.base().getMetadata().getName())) {
          return write.status();
        }
      }
      return scene.remediations.stream()
          .filter(one -> name.equals(one.getMetadata().getName()))
          .findFirst()
          .map(Remediation::statusOrEmpty)
          .orElseThrow();
    }

    /** The only effect of the run, if there is one. */
    Optional<RemediationIntent> effect() {
      return decision.intents().stream()
          .filter(intent -> !(intent instanceof RemediationIntent.WriteStatus))
          .findFirst();
    }

    /** How the write of that one takes a place of the budgets; empty when it takes none. */
    Optional<Mode> takesPlace(String name) {
      return decision.intents().stream()
          .filter(RemediationIntent.WriteStatus.class::isInstance)
          .map(RemediationIntent.WriteStatus.class::cast)
          .filter(write -> name.equals(write.base().getMetadata().getName()))
          .flatMap(write -> Optional.ofNullable(write.claim()).stream())
          .map(Claim::via)
          .findFirst();
    }

    /** Changes that would be made now. */
    List<Change> changes() {
      return effect()
          .map(intent -> ((RemediationIntent.CarryOut) intent).changes())
          .orElseGet(List::of);
    }

    /** Reasons of the events that would be told. */
    List<String> told() {
      return decision.intents().stream()
          .filter(RemediationIntent.WriteStatus.class::isInstance)
          .flatMap(intent -> ((RemediationIntent.WriteStatus) intent).tell().stream())
          .map(announcement -> announcement.reason())
          .toList();
    }

    /** When it is looked at again; null for never by itself. */
    @Nullable Duration lookAgain() {
      return decision.outcome() instanceof Outcome.Waiting(Duration after, var ignored)
          ? after
          : null;
    }

    /** The time of the next look, from T0. */
    Duration nextLook() {
      return Duration.between(
          Rem.T0, scene.now.plus(Objects.requireNonNull(lookAgain(), "never looks again")));
    }
  }
}
