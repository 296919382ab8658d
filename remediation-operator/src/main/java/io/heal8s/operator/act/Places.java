// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * How many effects of one sort may be under way at once: those that hang must not stop everybody
 * else. Guards nothing.
 */
final class Places {

  private static final Duration ALL_BUSY = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final int most;
  private final Semaphore free;
  // By key of the recorded intent: those that found none.
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();

  /**
   * @param most at least 1
   */
  Places(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  boolean areTaken() {
    return free.availablePermits() == 0;
  }

  /** Carries it out in a free place, or says when to ask again. */
  Ran in(Remediation base, Supplier<Ran> effect) {
    if (!free.tryAcquire()) {
      return later(base);
    }
    waiting.remove(RecordedKeys.of(base));
    try {
      return effect.get();
    } finally {
      free.release();
    }
  }

  /** The more wait, the less often each asks: every look reads the cluster. */
  Ran later(Remediation base) {
    waiting.add(RecordedKeys.of(base));
    Duration pause = ALL_BUSY.multipliedBy(Math.max(1, waiting.size() / most));
    return new Ran.Only(
        Outcome.waiting(
            pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause, ActReason.AllBusy));
  }

  /** Forgets those of effects that are recorded no more. */
  void retain(Set<String> recorded) {
    waiting.retainAll(recorded);
  }
}
