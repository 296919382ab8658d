// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.reconcile.decision.Work;
import io.heal8s.resource.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process believes to hold. The database may believe more: a claim was committed and its
 * answer lost with the connection, or a run stopped because the process could not tell in time that
 * it lived, and then it could. Nobody would ever look at such a resource again, for its owner
 * lives. So after every doubt the two are compared.
 */
final class HeldClaims {

  private static final Logger log = LoggerFactory.getLogger(HeldClaims.class);

  private final WorkStore store;
  private final Duration lease;
  private final Map<Long, Long> fences = new ConcurrentHashMap<>();
  private volatile long doubtedAt;
  private volatile boolean doubted;

  /**
   * @param lease what was claimed within one before the doubt is left alone
   */
  HeldClaims(WorkStore store, Duration lease) {
    this.store = store;
    this.lease = lease;
  }

  void claimed(Work work) {
    fences.put(work.resourceId(), work.fence());
  }

  /**
   * Ends a run.
   *
   * @param givenBack whether the database has said that the claim is over
   */
  void ended(Work work, boolean givenBack) {
    if (!givenBack) {
      doubt();
    }
    fences.remove(work.resourceId(), work.fence());
  }

  /** Something was asked of the database and its answer is not known. */
  void doubt() {
    doubtedAt = System.nanoTime();
    doubted = true;
  }

  /** To be called now and then; asks the database only after a doubt, and once a lease is over. */
  void compare(UUID instance) {
    if (!doubted || System.nanoTime() - doubtedAt < lease.toNanos()) {
      return;
    }
    doubted = false;
    try {
      int freed = store.freeForgotten(instance, Set.copyOf(fences.keySet()), lease);
      if (freed > 0) {
        log.atWarn()
            .addKeyValue("resources", freed)
            .log("Claims whose answer had been lost are free again");
      }
    } catch (StoreUnavailableException e) {
      log.debug("compared again a lease later", e);
      doubt();
    }
  }
}
