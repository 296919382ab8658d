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
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.lifecycle.Judgement;
import io.heal8s.operator.lifecycle.TargetJudge;
import io.heal8s.operator.lifecycle.TargetKeys;
import io.heal8s.operator.lifecycle.TargetSnapshot;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        new TargetSnapshot(
            key,
            remediations,
            inForce.policy(),
            judged.changed(key, inForce.version()),
            site,
            Known.NOTHING,
            null);
    return gather(snapshot, inForce, namespace, run.now());
  }

  private Observation<TargetSnapshot> gather(
      TargetSnapshot first, InForce inForce, String namespace, Instant now) {
    TargetSnapshot snapshot = first;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      switch (judge.judge(snapshot, now)) {
        case Judgement.Decided _ -> {
          judged.judged(snapshot.key(), inForce.version());
          return new Observation.Seen<>(snapshot);
        }
        case Judgement.NeedsCounts() -> {
          Duration window = inForce.policy().budget().window();
          snapshot = snapshot.with(ledger.counts(namespace, now.minus(window)));
        }
        case Judgement.NeedsReading(Set<Query> queries) -> {
          Gatherer.Gathered gathered = gatherer.gather(snapshot.known(), queries);
          Reading failed = gathered.failed();
          if (failed != null) {
            return new Observation.Unreadable<>(ActReason.ReadFailed, cause(failed));
          }
          snapshot = snapshot.with(gathered.known());
        }
      }
    }
    throw new IllegalStateException("the judgement of " + first.key() + " asks for ever");
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
