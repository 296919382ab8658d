// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.observe.Change;
import io.heal8s.graphql.announce.AppNews;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.history.AppChange;
import io.heal8s.graphql.history.AppChanges;
import io.heal8s.graphql.intent.Memory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /** A caller is judged when a subscription begins, so it must begin anew now and then. */
  public static final Duration LONGEST_SUBSCRIPTION = Duration.ofHours(1);

  /** Most subscriptions at a time. */
  static final int MOST_SUBSCRIBERS = 50;

  private final TargetApps apps;
  private final Predicate<ObjectKey> mine;
  private final Clock clock;
  private final Scheduler scheduler;
  private final ChangeRings rings;
  private final Set<ChangeStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Knows nothing yet, and follows the watch from now on.
   *
   * @param mine whether this process polls that app
   * @param most changes that are kept of one app; 0 for none
   * @param executor writes to subscribers, each on a task of its own that may block
   */
  public ChangeLog(
      TargetApps apps, Predicate<ObjectKey> mine, Clock clock, int most, Executor executor) {
    this.apps = apps;
    this.mine = mine;
    this.clock = clock;
    this.scheduler = Schedulers.fromExecutor(executor);
    this.rings = new ChangeRings(most);
    apps.onChange(this::watched);
  }

  @Override
  public void happened(TargetApp app, TargetAppStatus status, Memory was, Memory is, Instant at) {
    AppChanges.between(app.spec(), app.statusOrEmpty(), status, was, is, at)
        .ifPresent(change -> add(app, change, true));
  }

  /** The watch tells of an object; what this process wrote itself is known already. */
  private void watched(Change<TargetApp> change) {
    TargetApp before = change.before();
    TargetApp after = change.after();
    if (before != null && (after == null || !sameObject(before, after))) {
      rings.forget(change.key());
      tell(told(before, AppChange.Kind.DELETED));
    }
    if (after == null) {
      return;
    }
    if (before == null || !sameObject(before, after)) {
      // What was there when this process began has not come now.
      if (!change.listed() || before != null) {
        tell(told(after, AppChange.Kind.ADDED));
      }
    } else if (!mine.test(change.key())) {
      AppChanges.between(
              after.spec(),
              before.statusOrEmpty(),
              after.statusOrEmpty(),
              Memory.NONE,
              Memory.NONE,
              clock.instant())
          .ifPresent(seen -> add(after, seen, false));
    }
  }

  private ToldChange told(TargetApp app, AppChange.Kind kind) {
    AppChange change = AppChange.of(kind, clock.instant(), app.statusOrEmpty().sequenceOrZero());
    return ToldChange.of(app, change, false);
  }

  private static boolean sameObject(TargetApp one, TargetApp other) {
    return Objects.equals(one.getMetadata().getUid(), other.getMetadata().getUid());
  }

  private void add(TargetApp app, AppChange change, boolean polledHere) {
    ToldChange told = ToldChange.of(app, change, polledHere);
    rings.add(
        told,
        () -> {
          TargetApp now = apps.get(told.app());
          return now != null && sameObject(now, app);
        });
    tell(told);
  }

  private void tell(ToldChange told) {
    for (ChangeStream stream : streams) {
      if (stream.wants(told.app())) {
        stream.tell(told);
      }
    }
  }

  /** The last changes of an object, newest first. */
  List<ToldChange> of(TargetApp app, int first) {
    return rings.of(ObjectKey.of(app.getMetadata()), app.getMetadata().getUid(), first);
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
