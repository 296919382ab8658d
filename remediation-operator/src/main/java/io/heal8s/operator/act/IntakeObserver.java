// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.runtime.Observation;
import io.heal8s.core.runtime.Observer;
import io.heal8s.operator.act.ObjectReader.Reading;
import io.heal8s.operator.act.PolicySource.InForce;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.lifecycle.IntakeJudge;
import io.heal8s.operator.lifecycle.IntakeSnapshot;
import io.heal8s.operator.lifecycle.IntakeSnapshot.ReadFailure;
import io.heal8s.operator.lifecycle.Judgement;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.Query;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Observes one Remediation for loop 1. What cannot be read is part of what was seen. */
public final class IntakeObserver implements Observer<ObjectKey, IntakeSnapshot> {

  // Pod, ReplicaSet, Deployment, its pods, an autoscaler, revisions: one after the other.
  private static final int MOST_ROUNDS = 20;

  private final RemediationCache cache;
  private final PolicySource policies;
  private final Gatherer gatherer;
  private final IntakeJudge judge;
  private final Site site;
  private final JudgedInputs<ObjectKey> judged;

  /** Wires the observer; {@code judged} is shared with the executor, which forgets failures. */
  public IntakeObserver(
      RemediationCache cache,
      PolicySource policies,
      ObjectReader reader,
      IntakeJudge judge,
      Site site,
      JudgedInputs<ObjectKey> judged) {
    this.cache = cache;
    this.policies = policies;
    this.gatherer = new Gatherer(reader);
    this.judge = judge;
    this.site = site;
    this.judged = judged;
  }

  @Override
  public Observation<IntakeSnapshot> observe(ObjectKey key, RunContext run) {
    Optional<Remediation> cached = cache.get(key);
    if (cached.isEmpty() || IntakeJudge.finished(cached.get())) {
      judged.forget(key);
      return new Observation.Absent<>();
    }
    if (cache.behind(key)) {
      return new Observation.Behind<>();
    }
    InForce inForce = policies.of(cached.get().spec().target().namespace());
    IntakeSnapshot snapshot =
        new IntakeSnapshot(
            cached.get(),
            inForce.policy(),
            judged.changed(key, inForce.version()),
            site,
            Known.NOTHING,
            null);
    return gather(key, snapshot, inForce, run.now());
  }

  private Observation<IntakeSnapshot> gather(
      ObjectKey key, IntakeSnapshot first, InForce inForce, Instant now) {
    IntakeSnapshot snapshot = first;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      switch (judge.judge(snapshot, now)) {
        case Judgement.Decided _ -> {
          judged.judged(key, inForce.version());
          return new Observation.Seen<>(snapshot);
        }
        case Judgement.NeedsCounts() ->
            throw new IllegalStateException("loop 1 has no budgets to count");
        case Judgement.NeedsReading(Set<Query> queries) -> {
          Gatherer.Gathered gathered = gatherer.gather(snapshot.known(), queries);
          ReadFailure failure = failure(gathered);
          snapshot = snapshot.with(gathered.known());
          if (failure != null) {
            // Not "judged": the next run must read again.
            return new Observation.Seen<>(snapshot.with(failure));
          }
        }
      }
    }
    throw new IllegalStateException("the judgement of " + key + " asks for ever");
  }

  private static @Nullable ReadFailure failure(Gatherer.Gathered gathered) {
    Reading failed = gathered.firstFailure();
    return switch (failed) {
      case null ->
          gathered.known().refusals().values().stream()
              .findFirst()
              .map(message -> new ReadFailure(message, null))
              .orElse(null);
      case Reading.Failed(String message, Throwable cause) -> new ReadFailure(message, cause);
      case Reading.UnknownKind(String message) -> new ReadFailure(message, null);
      case Reading.Read _ -> throw new IllegalArgumentException(Objects.toString(failed));
    };
  }
}
