// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.announce.AppNews;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.history.AppChange;
import io.heal8s.graphql.history.AppChanges;
import io.heal8s.graphql.intent.Memory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The changes since this process began: the last ones of each app, and all of them for those who
 * subscribed. Of an app that is polled here every change is known with its fields; of one that
 * another replica polls what its recorded status tells. Each is told once, whoever polls the app.
 */
public final class ChangeLog implements AppNews {

  /** A caller is judged when a subscription begins, so it must begin anew now and then. */
  public static final Duration LONGEST_SUBSCRIPTION = Duration.ofHours(1);

  /** Most subscriptions at a time. */
  static final int MOST_SUBSCRIBERS = 50;

  private final TargetApps apps;
  private final Clock clock;
  private final Scheduler scheduler;
  private final ChangeRings rings;
  private final Echoes echoes = new Echoes(new Story());
  private final Set<ChangeStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * Knows nothing yet, and follows the watch from now on.
   *
   * @param most changes that are kept of one app; 0 for none
   * @param executor writes to subscribers, each on a task of its own that may block
   */
  public ChangeLog(TargetApps apps, Clock clock, int most, Executor executor) {
    this.apps = apps;
    this.clock = clock;
    this.scheduler = Schedulers.fromExecutor(executor);
    this.rings = new ChangeRings(most);
    apps.onChange(echoes::watched);
  }

  @Override
  public void begins(ObjectKey app) {
    echoes.begins(app);
  }

  @Override
  public void ended(ObjectKey app, List<Happened> what) {
    echoes.ended(app, what.stream().map(ChangeLog::own).toList());
  }

  private static Echoes.Own own(Happened what) {
    TargetApp before = what.before();
    return new Echoes.Own(
        what,
        AppChanges.between(
                before.spec(),
                before.statusOrEmpty(),
                what.after().statusOrEmpty(),
                what.was(),
                what.is(),
                what.at())
            .orElse(null));
  }

  /** Told one after the other, in order. */
  private final class Story implements Echoes.Listener {

    @Override
    public void did(Echoes.Own own) {
      if (own.change() != null) {
        add(own.what().before(), own.change(), true);
      }
    }

    @Override
    public void saw(TargetAppStatus before, TargetApp after, @Nullable String digest) {
      TargetAppStatus now = after.statusOrEmpty();
      AppChanges.between(after.spec(), before, now, Memory.NONE, Memory.NONE, clock.instant())
          .filter(change -> !isTold(change, now, digest))
          .ifPresent(change -> add(after, change, false));
    }

    // What this process only took note of, and another one has written now.
    private boolean isTold(AppChange change, TargetAppStatus now, @Nullable String digest) {
      return change.kind() == AppChange.Kind.CHANGED
          && digest != null
          && digest.equals(now.digest())
          && change.remediations().isEmpty();
    }

    @Override
    public void came(TargetApp app) {
      tell(told(app, AppChange.Kind.ADDED));
    }

    @Override
    public void went(TargetApp app) {
      rings.forget(ObjectKey.of(app.getMetadata()));
      tell(told(app, AppChange.Kind.DELETED));
    }

    private ToldChange told(TargetApp app, AppChange.Kind kind) {
      AppChange change = AppChange.of(kind, clock.instant(), app.statusOrEmpty().sequenceOrZero());
      return ToldChange.of(app, change, false);
    }

    private void add(TargetApp app, AppChange change, boolean polledHere) {
      ToldChange told = ToldChange.of(app, change, polledHere);
      rings.add(told, () -> isThere(app));
      tell(told);
    }

    private boolean isThere(TargetApp app) {
      TargetApp now = apps.get(ObjectKey.of(app.getMetadata()));
      return now != null && Objects.equals(now.getMetadata().getUid(), app.getMetadata().getUid());
    }
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
