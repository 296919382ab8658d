// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.store.StoreUnavailableException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among its equals: it tells that it lives, and takes from those that do not. A
 * process that could not tell in time counts its claims as lost before the others do.
 */
final class Membership {

  private static final Logger log = LoggerFactory.getLogger(Membership.class);

  /** Others wait for the whole lease; we stop a quarter before. */
  private static final double OWN_SHARE = 0.75;

  private final WorkStore store;
  private final Duration lease;
  private final Supplier<UUID> ids;
  private volatile UUID id;
  private volatile long toldAt;
  private volatile boolean registered;

  Membership(WorkStore store, Duration lease, Supplier<UUID> ids) {
    this.store = store;
    this.lease = lease;
    this.ids = ids;
    this.id = ids.get();
  }

  /** Name of this process; another one after it was taken for dead. */
  UUID id() {
    return id;
  }

  /** Whether what was claimed under the present name is still ours. */
  boolean isAlive() {
    return registered && System.nanoTime() - toldAt < (long) (lease.toNanos() * OWN_SHARE);
  }

  /** To be called three times within a lease or more; frees what the dead hold. */
  void beat() {
    long now = System.nanoTime();
    try {
      if (!registered || !store.heartbeat(id, lease)) {
        if (registered) {
          log.warn("This process was taken for dead; it goes on under another name");
        }
        id = ids.get();
        store.register(id, lease);
        registered = true;
      }
      toldAt = now;
      int freed = store.reap();
      if (freed > 0) {
        log.atInfo().addKeyValue("resources", freed).log("Took over from a process that died");
      }
    } catch (StoreUnavailableException e) {
      log.debug("told at the next beat", e);
    }
  }

  /** Time between two beats. */
  Duration interval() {
    return lease.dividedBy(5);
  }

  /** Gives everything back. */
  void leave() {
    registered = false;
    try {
      store.deregister(id);
    } catch (StoreUnavailableException e) {
      log.debug("the others find out when the lease ends", e);
    }
  }
}
