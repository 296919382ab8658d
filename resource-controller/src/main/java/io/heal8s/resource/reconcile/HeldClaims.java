// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.reconcile.decision.Work;
import io.heal8s.resource.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
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
  private final AtomicReference<@Nullable Doubt> doubt = new AtomicReference<>();
  private final LongSupplier nanos;

  /**
   * What was not yet compared.
   *
   * @param since begin of the lease that is waited for, as the clock of the process counts
   * @param last when anything was doubted last
   */
  private record Doubt(long since, long last) {}

  /**
   * @param lease claims that are younger when the two are compared are left alone
   */
  HeldClaims(WorkStore store, Duration lease) {
    this(store, lease, System::nanoTime);
  }

  HeldClaims(WorkStore store, Duration lease, LongSupplier nanos) {
    this.store = store;
    this.lease = lease;
    this.nanos = nanos;
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
    long now = nanos.getAsLong();
    // A later doubt does not put off the comparison for an earlier one.
    doubt.updateAndGet(before -> new Doubt(before == null ? now : before.since(), now));
  }

  /** To be called now and then; asks the database only after a doubt, and once a lease is over. */
  void compare(UUID instance) {
    long now = nanos.getAsLong();
    Doubt due = doubt.get();
    if (due == null || now - due.since() < lease.toNanos()) {
      return;
    }
    try {
      int freed = store.freeForgotten(instance, Set.copyOf(fences.keySet()), lease);
      // Of what was claimed within the last lease nothing was said: it is compared a lease later.
      doubt.updateAndGet(
          latest ->
              latest == null || now - latest.last() >= lease.toNanos()
                  ? null
                  : new Doubt(now, latest.last()));
      if (freed > 0) {
        log.atWarn()
            .addKeyValue("resources", freed)
            .log("Claims whose answer had been lost are free again");
      }
    } catch (StoreUnavailableException e) {
      log.debug("compared again a lease later", e);
      doubt.updateAndGet(latest -> new Doubt(now, latest == null ? now : latest.last()));
    }
  }
}
