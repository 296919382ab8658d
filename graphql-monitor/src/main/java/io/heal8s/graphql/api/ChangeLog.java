// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Change;
import io.heal8s.graphql.announce.AppNews;
import io.heal8s.graphql.history.AppChange;
import io.heal8s.graphql.history.AppChanges;
import io.heal8s.graphql.intent.Memory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The changes since this process began: the last ones of each app, and all of them for those who
 * subscribed. Of an app that is polled here every change is known with its fields; of one that
 * another replica polls what its recorded status tells.
 */
public final class ChangeLog implements AppNews {

  /** Most subscriptions at a time. */
  static final int MOST_SUBSCRIBERS = 50;

  /** A caller is judged when a subscription begins, so it must begin anew now and then. */
  public static final Duration LONGEST_SUBSCRIPTION = Duration.ofHours(1);

  /** The last changes of one object, oldest first. */
  private record Ring(@Nullable String uid, Deque<AppChange> changes) {}

  private final Predicate<ObjectKey> mine;
  private final Clock clock;
  private final int most;
  private final Scheduler scheduler;
  private final Map<ObjectKey, Ring> rings = new ConcurrentHashMap<>();
  private final Set<ChangeStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Knows nothing yet.
   *
   * @param mine whether this process polls that app
   * @param most changes that are kept of one app; 0 for none
   * @param executor writes to subscribers, each on a task of its own that may block
   */
  public ChangeLog(Predicate<ObjectKey> mine, Clock clock, int most, Executor executor) {
    this.mine = mine;
    this.clock = clock;
    this.most = most;
    this.scheduler = Schedulers.fromExecutor(executor);
  }

  @Override
  public void happened(TargetApp app, TargetAppStatus status, Memory was, Memory is, Instant at) {
    AppChanges.between(app.spec(), app.statusOrEmpty(), status, was, is, at)
        .ifPresent(change -> add(app, change));
  }

  /** The watch tells of an object; what this process wrote itself is known already. */
  public void watched(Change<TargetApp> change) {
    TargetApp before = change.before();
    TargetApp after = change.after();
    if (after == null || before == null || !sameObject(before, after)) {
      rings.remove(change.key());
    } else if (!mine.test(change.key())) {
      AppChanges.between(
              after.spec(),
              before.statusOrEmpty(),
              after.statusOrEmpty(),
              Memory.NONE,
              Memory.NONE,
              clock.instant())
          .ifPresent(seen -> add(after, seen));
    }
  }

  private static boolean sameObject(TargetApp one, TargetApp other) {
    return Objects.equals(one.getMetadata().getUid(), other.getMetadata().getUid());
  }

  private void add(TargetApp app, AppChange change) {
    ObjectKey key = ObjectKey.of(app.getMetadata());
    String uid = app.getMetadata().getUid();
    if (most > 0) {
      rings.compute(
          key,
          (_, known) -> {
            Ring ring =
                known == null || !Objects.equals(known.uid(), uid)
                    ? new Ring(uid, new ArrayDeque<>(2))
                    : known;
            if (ring.changes().size() == most) {
              ring.changes().removeFirst();
            }
            ring.changes().addLast(change);
            return ring;
          });
    }
    for (ChangeStream stream : streams) {
      if (stream.wants(key)) {
        stream.tell(new ToldChange(key, change));
      }
    }
  }

  /** The last changes of an object, newest first. */
  List<ToldChange> of(TargetApp app, int first) {
    ObjectKey key = ObjectKey.of(app.getMetadata());
    List<AppChange> found = new ArrayList<>();
    rings.computeIfPresent(
        key,
        (_, ring) -> {
          if (Objects.equals(ring.uid(), app.getMetadata().getUid())) {
            found.addAll(ring.changes());
          }
          return ring;
        });
    return found.reversed().stream()
        .limit(first)
        .map(change -> new ToldChange(key, change))
        .toList();
  }

  /** The changes from the moment on that somebody subscribes to the answer. */
  Flux<ToldChange> changes(@Nullable String namespace, @Nullable String name) {
    return Flux.defer(
        () -> {
          ChangeStream stream = new ChangeStream(namespace, name);
          streams.add(stream);
          if (closed || streams.size() > MOST_SUBSCRIBERS) {
            streams.remove(stream);
            return Flux.error(
                new SubscriptionEndedException(
                    closed
                        ? "this replica ends: subscribe again"
                        : "there are %d subscriptions already: end one of them, or ask another replica"
                            .formatted(MOST_SUBSCRIBERS)));
          }
          return stream
              .flux(scheduler)
              .take(LONGEST_SUBSCRIPTION)
              .doFinally(_ -> streams.remove(stream));
        });
  }

  /** Number of subscriptions. */
  public int subscribers() {
    return streams.size();
  }

  /** Ends every subscription; whoever comes later is turned away. */
  public void close() {
    closed = true;
    streams.forEach(stream -> stream.end("this replica ends: subscribe again"));
  }
}
