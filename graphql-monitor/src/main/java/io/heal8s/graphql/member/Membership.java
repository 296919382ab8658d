// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.member;

import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.core.runtime.Scheduler;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this process's Lease. One attempt at a time, each a task on the executor begun by a
 * wake-up; an attempt that fails is repeated at the next one, and {@link Members} says by itself
 * when the last success is too long ago.
 *
 * <p>{@code lock} is held during an attempt and while the Lease is given back, so that no write of
 * ours comes after its deletion. Whoever stops waits for the one call that is under way.
 */
public final class Membership {

  private static final Logger log = LoggerFactory.getLogger(Membership.class);
  private static final int DEAD_AFTER_LEASES = 30;
  private static final Duration LEAST_PAUSE = Duration.ofMillis(50);

  private final MemberSettings settings;
  private final Members members;
  private final KubernetesReader reader;
  private final KubernetesWriter writer;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Executor executor;

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable V1Lease held;
  private boolean told;

  private volatile boolean stopped;

  /**
   * Not a member before {@link #start}.
   *
   * @param api whose calls end within {@link MemberSettings#attempt}
   */
  public Membership(
      MemberSettings settings,
      Members members,
      KubernetesApi api,
      Scheduler scheduler,
      Clock clock,
      Executor executor) {
    this.settings = settings;
    this.members = members;
    this.reader = new KubernetesReader(api);
    this.writer = new KubernetesWriter(api, "heal8s-graphql-monitor");
    this.scheduler = scheduler;
    this.clock = clock;
    this.executor = executor;
  }

  /** Which Leases are watched. */
  public static Selector selector(MemberSettings settings) {
    return Selector.namespace(settings.namespace())
        .withLabels(MemberSettings.LABEL + "=" + MemberSettings.LABEL_VALUE);
  }

  /** Begins to renew. */
  public void start() {
    executor.execute(this::round);
  }

  /** Ends being a member and gives the Lease back, so that others take over at once. */
  public void stop() {
    stopped = true;
    members.left();
    lock.lock();
    try {
      writer.delete(ServedKinds.LEASES, key(settings.leaseName()), Precondition.NONE);
    } finally {
      lock.unlock();
    }
  }

  private void round() {
    long begun = scheduler.nanos();
    lock.lock();
    try {
      if (stopped) {
        return;
      }
      ApiFailure failure = renew();
      if (failure == null) {
        members.renewed(begun);
        told = false;
        removeDead();
      } else if (!told) {
        told = true;
        log.atWarn()
            .addKeyValue("lease", settings.leaseName())
            .addKeyValue("error", failure.message())
            .log("The member's lease cannot be renewed; polling ends with it");
      }
    } finally {
      lock.unlock();
      if (!stopped) {
        again(begun);
      }
    }
  }

  // From begin to begin: an attempt that hangs must not use up the time of the next one.
  private void again(long begun) {
    Duration left = settings.renew().minusNanos(scheduler.nanos() - begun);
    scheduler.after(
        left.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : left, () -> executor.execute(this::round));
  }

  // Guarded by lock. After an answer that was lost the Lease is another one than is known, although
  // it is our own.
  private @Nullable ApiFailure renew() {
    ApiFailure failure = write();
    boolean unknown =
        failure instanceof ApiFailure.Conflict
            || failure instanceof ApiFailure.AlreadyExists
            || failure instanceof ApiFailure.NotFound;
    return unknown && !stopped && isReadAgain() ? write() : failure;
  }

  // Guarded by lock. Not there, it is made again.
  private boolean isReadAgain() {
    Optional<V1Lease> found = reader.get(ServedKinds.LEASES, key(settings.leaseName())).orNull();
    if (found != null) {
      held = found.orElse(null);
    }
    return found != null;
  }

  // Guarded by lock.
  private @Nullable ApiFailure write() {
    OffsetDateTime now = clock.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    V1LeaseSpec spec =
        new V1LeaseSpec()
            .holderIdentity(settings.identity())
            .leaseDurationSeconds((int) Math.max(1, settings.lease().toSeconds()))
            .renewTime(now);
    Answer<V1Lease> answer =
        held == null
            ? writer.create(ServedKinds.LEASES, lease(metadata(), spec))
            : writer.replace(ServedKinds.LEASES, lease(held.getMetadata(), spec));
    return switch (answer) {
      case Answer.Ok<V1Lease>(V1Lease written) -> {
        held = written;
        yield null;
      }
      case Answer.Failed<V1Lease>(ApiFailure failure) -> failure;
    };
  }

  private void removeDead() {
    List<String> dead = members.silentFor(settings.lease().multipliedBy(DEAD_AFTER_LEASES));
    for (String identity : dead) {
      if (stopped) {
        return;
      }
      MemberSettings theirs =
          new MemberSettings(identity, settings.namespace(), settings.lease(), settings.renew());
      ObjectKey key = key(theirs.leaseName());
      if (reader.get(ServedKinds.LEASES, key)
              instanceof Answer.Ok<Optional<V1Lease>>(Optional<V1Lease> found)
          && found.isPresent()
          && found.get().getMetadata() != null) {
        writer.delete(ServedKinds.LEASES, key, Precondition.unchanged(found.get().getMetadata()));
      }
    }
  }

  private V1Lease lease(@Nullable V1ObjectMeta metadata, V1LeaseSpec spec) {
    return new V1Lease()
        .apiVersion(ServedKinds.LEASES.apiVersion())
        .kind(ServedKinds.LEASES.kind())
        .metadata(metadata)
        .spec(spec);
  }

  private V1ObjectMeta metadata() {
    return new V1ObjectMeta()
        .namespace(settings.namespace())
        .name(settings.leaseName())
        .labels(Map.of(MemberSettings.LABEL, MemberSettings.LABEL_VALUE));
  }

  private ObjectKey key(String name) {
    return new ObjectKey(settings.namespace(), name);
  }
}
