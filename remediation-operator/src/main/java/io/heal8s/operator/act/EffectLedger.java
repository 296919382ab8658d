// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.operator.gate.BudgetRule;
import io.heal8s.operator.gate.Standing;
import io.heal8s.operator.intent.Claim;
import io.heal8s.operator.intent.EffectCounts;
import io.heal8s.operator.intent.EffectCounts.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Counts effects on workloads, and proposals that may become one: those that the Remediations
 * themselves tell of, and our own that no cache shows yet. So nothing is lost on a restart, and two
 * targets that act in the same moment do not both take the last place of a budget.
 */
public final class EffectLedger {

  private record Reserved(String namespace, Mode via, Instant at, boolean written) {}

  /** A count that is being made. */
  private static final class Tally {
    private final List<Instant> effects = new ArrayList<>();
    private int proposals;

    void add(Reserved place) {
      switch (place.via()) {
        case Direct -> effects.add(place.at());
        case GitOps -> proposals++;
      }
    }

    Taken taken() {
      effects.sort(Instant::compareTo);
      return new Taken(effects, proposals);
    }
  }

  private final RemediationCache cache;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock. Places that were taken by a write that the cache does not show yet.
  private final Map<ObjectKey, Reserved> reserved = new HashMap<>();

  /** Counts what that cache knows. */
  public EffectLedger(RemediationCache cache) {
    this.cache = cache;
  }

  /** The effects after that time and the proposals, for a namespace and for the cluster. */
  public EffectCounts counts(String namespace, Instant since) {
    lock.lock();
    try {
      forgetWhatTheCacheShows();
      return count(namespace, since, null);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a place in the budgets for an effect that begins now, or for a proposal.
   *
   * @return false when there is none
   */
  boolean reserve(ObjectKey remediation, Claim claim, Instant now) {
    lock.lock();
    try {
      forgetWhatTheCacheShows();
      Instant since = now.minus(claim.budget().window());
      EffectCounts others = count(claim.namespace(), since, remediation);
      if (!BudgetRule.hasRoom(claim.budget(), others, now)) {
        return false;
      }
      reserved.put(remediation, new Reserved(claim.namespace(), claim.via(), now, false));
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The write that took a place is done; the place is kept until the cache shows it. */
  void written(ObjectKey remediation) {
    lock.lock();
    try {
      reserved.computeIfPresent(
          remediation,
          (key, place) -> new Reserved(place.namespace(), place.via(), place.at(), true));
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place back whose write did not happen. */
  void release(ObjectKey remediation) {
    lock.lock();
    try {
      reserved.remove(remediation);
    } finally {
      lock.unlock();
    }
  }

  // Guarded by lock.
  private EffectCounts count(String namespace, Instant since, @Nullable ObjectKey except) {
    Tally inNamespace = tally(cache.withEffects(namespace), since, except);
    Tally inCluster = tally(cache.withEffects(), since, except);
    reserved.forEach(
        (key, place) -> {
          if (!key.equals(except)) {
            inCluster.add(place);
            if (place.namespace().equals(namespace)) {
              inNamespace.add(place);
            }
          }
        });
    return new EffectCounts(inNamespace.taken(), inCluster.taken());
  }

  // Guarded by lock. A place is kept until the cache has seen the write that took it.
  private void forgetWhatTheCacheShows() {
    reserved
        .entrySet()
        .removeIf(entry -> entry.getValue().written() && !cache.behind(entry.getKey()));
  }

  // A reserved one that the cache shows already is counted by its reservation alone.
  private Tally tally(List<Remediation> remediations, Instant since, @Nullable ObjectKey except) {
    Tally tally = new Tally();
    for (Remediation remediation : remediations) {
      ObjectKey key = ObjectKey.of(remediation.getMetadata());
      Standing standing = new Standing(remediation);
      Instant at = standing.placeTakenAt();
      if (reserved.containsKey(key) || key.equals(except)) {
        continue;
      }
      if (at != null && at.isAfter(since)) {
        tally.effects.add(at);
      } else if (standing.proposed()) {
        tally.proposals++;
      }
    }
    return tally;
  }
}
