// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.core.runtime.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cache of one kind current: list, watch from there, watch on where the watch ended, list
 * again only when the version is too old.
 *
 * <p>Why not the client's informer (client-java 25.0.0): it logs every failed round with a stack
 * trace, once a second and for each kind; a missing CRD, a missing right and a server that is away
 * look the same to its owner, so none of them can be told in one line; it lists again after every
 * read timeout; it asks for whole lists at once and keeps managedFields; its watches live for up to
 * ten minutes without a limit on silence; one object that cannot be read ends the list of all; and
 * its pauses are sleeps that no test can drive.
 *
 * <p>Threads: one round (list, then one watch to its end) runs as one task on the executor and
 * blocks it; the pause between two rounds is a wake-up, not a sleeping thread. There is never more
 * than one round. {@code lock} guards what {@link #stop} shares with the round.
 */
final class Reflector<T> {

  private static final Logger log = LoggerFactory.getLogger(Reflector.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final int LARGEST_SHIFT = 6;
  private static final long SHORT_WATCH = Duration.ofSeconds(1).toNanos();

  private final ListWatch<T> source;
  private final Cache<T> cache;
  private final Scheduler scheduler;
  private final Executor executor;
  private final RandomGenerator random;
  private final Consumer<SyncState> onState;
  private final ReentrantLock lock = new ReentrantLock();

  // Used by one round at a time.
  private boolean listed;
  private boolean mustList = true;
  private int failures;

  // Guarded by lock.
  private boolean stopped;
  private ListWatch.@Nullable Watching<T> watching;
  private Scheduler.@Nullable Wakeup pause;

  Reflector(
      ListWatch<T> source,
      Cache<T> cache,
      Scheduler scheduler,
      Executor executor,
      RandomGenerator random,
      Consumer<SyncState> onState) {
    this.source = source;
    this.cache = cache;
    this.scheduler = scheduler;
    this.executor = executor;
    this.random = random;
    this.onState = onState;
  }

  /** Begins the first round. */
  void start() {
    executor.execute(this::round);
  }

  /** Ends the round that is under way and begins no other. */
  void stop() {
    ListWatch.Watching<T> open;
    lock.lock();
    try {
      stopped = true;
      open = watching;
      if (pause != null) {
        pause.cancel();
      }
    } finally {
      lock.unlock();
    }
    if (open != null) {
      open.close();
    }
  }

  private void round() {
    Duration wait;
    try {
      wait = listAndWatch();
    } catch (RuntimeException | Error bug) {
      log.atError()
          .addKeyValue("resource", cache.type().resource())
          .setCause(bug)
          .log("A watch failed unexpectedly and begins anew");
      mustList = true;
      wait = nextPause();
    }
    lock.lock();
    try {
      if (!stopped) {
        pause = scheduler.after(wait, () -> executor.execute(this::round));
      }
    } finally {
      lock.unlock();
    }
  }

  /** One round; returns how long to wait before the next. */
  private Duration listAndWatch() {
    if (isStopped()) {
      return Duration.ZERO;
    }
    if (mustList) {
      switch (source.list()) {
        case Answer.Failed<ListWatch.Listed<T>>(ApiFailure failure) -> {
          return failed(failure);
        }
        case Answer.Ok<ListWatch.Listed<T>>(ListWatch.Listed<T> list) -> {
          list.unreadable().forEach(this::tellUnreadable);
          cache.replace(list.items(), list.unreadable().keySet(), list.version());
          listed = true;
          mustList = false;
          failures = 0;
          onState.accept(new SyncState.Synced());
        }
      }
    }
    return switch (source.watch(cache.resourceVersion())) {
      case Answer.Failed<ListWatch.Watching<T>>(ApiFailure failure) -> failed(failure);
      case Answer.Ok<ListWatch.Watching<T>>(ListWatch.Watching<T> watch) -> follow(watch);
    };
  }

  private Duration follow(ListWatch.Watching<T> watch) {
    if (!register(watch)) {
      watch.close();
      return Duration.ZERO;
    }
    onState.accept(new SyncState.Synced());
    long begin = scheduler.nanos();
    try {
      for (WatchEvent<T> event = watch.next(); event != null; event = watch.next()) {
        failures = 0;
        if (event instanceof WatchEvent.Failed<T>(ApiFailure failure)) {
          return failed(failure);
        }
        apply(event);
      }
      // A server that ends every watch at once must not be asked as fast as it answers.
      return scheduler.nanos() - begin < SHORT_WATCH ? nextPause() : Duration.ZERO;
    } catch (IOException broken) {
      // Silence, a reset, a server that restarts: whether it is away shows the next attempt.
      log.atDebug()
          .addKeyValue("resource", cache.type().resource())
          .addKeyValue("error", broken)
          .log("A watch broke and goes on from where it was");
      return nextPause();
    } finally {
      register(null);
      watch.close();
    }
  }

  private void apply(WatchEvent<T> event) {
    switch (event) {
      case WatchEvent.Put<T>(T object, String version) -> cache.put(object, version);
      case WatchEvent.Removed<T>(var key, String version) -> cache.remove(key, version);
      case WatchEvent.Bookmark<T>(String version) -> cache.seen(version);
      case WatchEvent.Unreadable<T>(var key, String why, String version) -> {
        tellUnreadable(key, why);
        cache.seen(version);
      }
      case WatchEvent.Failed<T> _ -> throw new IllegalStateException("handled by the caller");
    }
  }

  private Duration failed(ApiFailure failure) {
    switch (failure) {
      case ApiFailure.Expired _ -> {
        mustList = true;
        return failures++ == 0 ? Duration.ZERO : nextPause();
      }
      case ApiFailure.NotFound _ -> {
        // The kind went away, and its objects with it.
        cache.replace(List.of(), Set.of(), cache.resourceVersion());
        mustList = true;
        listed = false;
        onState.accept(new SyncState.Missing());
      }
      case ApiFailure.Forbidden(_, String message) -> {
        mustList = true;
        onState.accept(new SyncState.Forbidden(message));
      }
      case ApiFailure.Throttled(Duration retryAfter, String message) -> {
        onState.accept(new SyncState.Unreachable(message, listed));
        Duration wait = nextPause();
        return wait.compareTo(retryAfter) < 0 ? retryAfter : wait;
      }
      case ApiFailure.AlreadyExists _,
          ApiFailure.Conflict _,
          ApiFailure.Invalid _,
          ApiFailure.NamespaceTerminating _,
          ApiFailure.QuotaExceeded _,
          ApiFailure.Transient _ ->
          onState.accept(new SyncState.Unreachable(failure.message(), listed));
    }
    return nextPause();
  }

  /** Half to the whole of 0.5 s, 1 s, 2 s … 32 s. */
  private Duration nextPause() {
    long window = FIRST_PAUSE.toNanos() << Math.min(failures, LARGEST_SHIFT);
    failures = Math.min(failures + 1, LARGEST_SHIFT);
    return Duration.ofNanos(window / 2 + (long) (random.nextDouble() * (window / 2.0)));
  }

  private boolean register(ListWatch.@Nullable Watching<T> watch) {
    lock.lock();
    try {
      watching = watch;
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  private boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  private void tellUnreadable(Object key, String why) {
    log.atWarn()
        .addKeyValue("resource", cache.type().resource())
        .addKeyValue("key", key)
        .addKeyValue("error", why)
        .log("An object cannot be read as its kind and is left out");
  }
}
