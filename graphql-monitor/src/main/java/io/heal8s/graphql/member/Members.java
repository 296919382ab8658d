// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.member;

import io.heal8s.core.observe.Change;
import io.heal8s.core.runtime.Scheduler;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who lives, by what was seen of the Leases. A member lives for one lease from the moment at which
 * its Lease was seen to change; one that was found with an old renew time and does not change is
 * given the rest of a lease at most.
 *
 * <p>{@code lock} guards the map; nothing is called while it is held.
 */
public final class Members {

  private record Seen(@Nullable OffsetDateTime renewed, long at) {}

  private final MemberSettings settings;
  private final Scheduler scheduler;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<String, Seen> others = new HashMap<>();
  private boolean member;
  private boolean left;
  private long ownUntil;

  /** Nobody lives yet. */
  public Members(MemberSettings settings, Scheduler scheduler, Clock clock) {
    this.settings = settings;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** A Lease was found, changed or deleted. */
  public void changed(Change<V1Lease> change) {
    V1Lease lease = change.after();
    String identity = identity(lease == null ? change.before() : lease);
    if (identity.isEmpty() || identity.equals(settings.identity())) {
      return;
    }
    lock.lock();
    try {
      if (lease == null) {
        others.remove(identity);
      } else {
        saw(identity, lease.getSpec());
      }
    } finally {
      lock.unlock();
    }
  }

  // Guarded by lock.
  private void saw(String identity, @Nullable V1LeaseSpec spec) {
    OffsetDateTime renewed = spec == null ? null : spec.getRenewTime();
    Seen before = others.get(identity);
    if (before == null) {
      others.put(identity, new Seen(renewed, scheduler.nanos() - ageNanos(renewed)));
    } else if (!Objects.equals(before.renewed(), renewed)) {
      others.put(identity, new Seen(renewed, scheduler.nanos()));
    }
  }

  // What is only found was renewed some time ago. Clocks may differ by half a lease without harm;
  // beyond that a living member is seen again with its next renewal.
  private long ageNanos(@Nullable OffsetDateTime renewed) {
    if (renewed == null) {
      return settings.lease().toNanos();
    }
    Duration age = Duration.between(renewed.toInstant(), clock.instant());
    Duration doubted = age.minus(settings.lease().dividedBy(2));
    if (doubted.isNegative()) {
      return 0;
    }
    return doubted.compareTo(settings.lease()) > 0 ? settings.lease().toNanos() : doubted.toNanos();
  }

  /** Our own Lease was written by a call that began at that time. */
  void renewed(long begunNanos) {
    lock.lock();
    try {
      // A renewal that was under way when it left changes nothing.
      member = !left;
      ownUntil = begunNanos + settings.ownTerm().toNanos();
    } finally {
      lock.unlock();
    }
  }

  /** This process takes no part any more, for good. */
  void left() {
    lock.lock();
    try {
      left = true;
      member = false;
    } finally {
      lock.unlock();
    }
  }

  /** Identities of those that live now, in order; without this process if it may not act. */
  public List<String> living() {
    TreeSet<String> living = new TreeSet<>();
    long now = scheduler.nanos();
    lock.lock();
    try {
      Iterator<Map.Entry<String, Seen>> entries = others.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<String, Seen> entry = entries.next();
        if (now - entry.getValue().at() < settings.lease().toNanos()) {
          living.add(entry.getKey());
        }
      }
      if (member && now < ownUntil) {
        living.add(settings.identity());
      }
    } finally {
      lock.unlock();
    }
    return List.copyOf(living);
  }

  /** Identities that have said nothing for that time. */
  List<String> silentFor(Duration time) {
    long now = scheduler.nanos();
    lock.lock();
    try {
      return others.entrySet().stream()
          .filter(entry -> now - entry.getValue().at() > time.toNanos())
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Whether this process may act now. */
  public boolean mayAct() {
    lock.lock();
    try {
      return member && scheduler.nanos() < ownUntil;
    } finally {
      lock.unlock();
    }
  }

  /** Identity of this process. */
  public String self() {
    return settings.identity();
  }

  private static String identity(@Nullable V1Lease lease) {
    V1LeaseSpec spec = lease == null ? null : lease.getSpec();
    return spec == null || spec.getHolderIdentity() == null ? "" : spec.getHolderIdentity();
  }
}
