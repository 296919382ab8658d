// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.runtime.Observation;
import io.heal8s.core.runtime.Observer;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.act.PolicySource.InForce;
import io.heal8s.operator.gate.Edge;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.gate.Standing;
import io.heal8s.operator.lifecycle.Judgement;
import io.heal8s.operator.lifecycle.TargetJudge;
import io.heal8s.operator.lifecycle.TargetKeys;
import io.heal8s.operator.lifecycle.TargetSnapshot;
import io.heal8s.operator.target.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Observes one target for loop 2: all of its Remediations from the cache, and of the API server
 * only what the judgement asks for; at rest that is nothing.
 */
public final class TargetObserver implements Observer<String, TargetSnapshot> {

  // A judgement asks at most for target, planner's objects, health, guard, one after the other.
  private static final int MOST_ROUNDS = 20;

  private final RemediationCache cache;
  private final PolicySource policies;
  private final Gatherer gatherer;
  private final EffectLedger ledger;
  private final TargetJudge judge;
  private final Site site;
  private final JudgedInputs<String> judged;

  /** Wires the observer; {@code judged} is shared with the executor, which forgets failures. */
  public TargetObserver(
      RemediationCache cache,
      PolicySource policies,
      ObjectReader reader,
      EffectLedger ledger,
      TargetJudge judge,
      Site site,
      JudgedInputs<String> judged) {
    this.cache = cache;
    this.policies = policies;
    this.gatherer = new Gatherer(reader);
    this.ledger = ledger;
    this.judge = judge;
    this.site = site;
    this.judged = judged;
  }

  @Override
  public Observation<TargetSnapshot> observe(String key, RunContext run) {
    List<Remediation> remediations = cache.ofTarget(TargetKeys.target(key));
    if (remediations.isEmpty()) {
      judged.forget(TargetKeys.target(key));
      judged.forget(TargetKeys.ofCalls(TargetKeys.target(key)));
      return new Observation.Absent<>();
    }
    for (Remediation remediation : remediations) {
      if (cache.behind(ObjectKey.of(remediation.getMetadata()))) {
        return new Observation.Behind<>();
      }
    }
    String namespace = targetOf(remediations.getFirst()).namespace();
    InForce inForce = policies.of(namespace);
    TargetSnapshot snapshot =
        TargetSnapshot.of(
            key,
            remediations,
            arriving(remediations),
            inForce.policy(),
            judged.changed(key, inForce.version()),
            site);
    return gather(snapshot, inForce, namespace, run.now());
  }

  private List<Remediation> arriving(List<Remediation> remediations) {
    return remediations.stream()
        .filter(remediation -> new Standing(remediation).awaitsItsTurn())
        .flatMap(remediation -> Edge.of(remediation).stream())
        .map(Edge::key)
        .distinct()
        .flatMap(edge -> cache.arriving(edge).stream())
        .toList();
  }

  private Observation<TargetSnapshot> gather(
      TargetSnapshot start, InForce inForce, String namespace, Instant now) {
    TargetSnapshot snapshot = start;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      switch (judge.judge(snapshot, now)) {
        case Judgement.Decided _ -> {
          // Who waits for something unreadable has not been judged by these inputs yet.
          if (snapshot.unreadable().isEmpty()) {
            judged.judged(snapshot.key(), inForce.version());
          }
          return new Observation.Seen<>(snapshot);
        }
        case Judgement.NeedsCounts() -> {
          Duration window = inForce.policy().budget().window();
          snapshot = snapshot.with(ledger.counts(namespace, now.minus(window)));
        }
        case Judgement.NeedsReading(Set<Query> queries) -> {
          Set<Query> open = new HashSet<>(queries);
          open.removeAll(snapshot.unreadable().keySet());
          Gatherer.Gathered gathered = gatherer.gather(snapshot.known(), open);
          Map<Query, Throwable> failed = new HashMap<>();
          gathered.failed().forEach((query, reading) -> failed.put(query, cause(reading)));
          snapshot = snapshot.with(gathered.known()).without(failed);
        }
      }
    }
    throw new IllegalStateException("the judgement of " + start.key() + " asks for ever");
  }

  private static Throwable cause(Reading failed) {
    return switch (failed) {
      case Reading.Failed(String message, Throwable cause) ->
          new IllegalStateException(message, cause);
      case Reading.UnknownKind(String message) -> new IllegalStateException(message);
      case Reading.Read _ -> new IllegalStateException("nothing failed");
    };
  }

  private static ResolvedTarget targetOf(Remediation remediation) {
    return Objects.requireNonNull(remediation.statusOrEmpty().target(), "indexed by its target");
  }
}
