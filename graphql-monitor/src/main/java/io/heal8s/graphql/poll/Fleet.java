// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.endpoint.EndpointReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The apps that this process polls. What begins and ends a monitor goes through here: an app that
 * comes, changes or goes, and an app that becomes or ceases to be this replica's.
 *
 * <p>While this replica may not act, it is suspended: it polls nobody, and what it has seen waits.
 * Whether somebody else had a share of it meanwhile is known when it may act again.
 *
 * <p>{@code lock} guards beginning and ending, so that an app never has two monitors.
 */
public final class Fleet {

  private final PollEnvironment environment;
  private final Predicate<ObjectKey> mine;
  private final Map<ObjectKey, AppMonitor> monitors = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean suspended;

  /**
   * @param mine whether that app is there and this process's share, though it may not act right now
   */
  public Fleet(PollEnvironment environment, Predicate<ObjectKey> mine) {
    this.environment = environment;
    this.mine = mine;
  }

  /**
   * An app came or its spec changed.
   *
   * @param spread time over which the first polls of many apps are spread; zero to poll it at once
   */
  public void appeared(ObjectKey app, Duration spread) {
    lock.lock();
    try {
      AppMonitor known = monitors.get(app);
      if (known != null) {
        known.wake();
      } else if (mine.test(app)) {
        begin(app, spread);
      }
    } finally {
      lock.unlock();
    }
  }

  /** An app is gone. */
  public void gone(ObjectKey app) {
    lock.lock();
    try {
      AppMonitor known = monitors.remove(app);
      if (known != null) {
        known.stop();
        environment.metrics().forget(app);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Which apps are this replica's may have changed: every one is looked at again.
   *
   * @param anothers whether an app is to be polled by another one that lives
   * @param spread time over which the first polls of those that came are spread
   */
  public void reshare(List<ObjectKey> apps, Predicate<ObjectKey> anothers, Duration spread) {
    for (ObjectKey app : apps) {
      if (anothers.test(app)) {
        gone(app);
      } else if (!monitors.containsKey(app)) {
        appeared(app, spread);
      }
    }
  }

  /** This replica may not act any more; what it has seen waits. */
  public void suspend() {
    suspended = true;
    environment.metrics().hide(true);
  }

  /** This replica may act again; {@link #reshare} follows. */
  public void resume() {
    suspended = false;
    environment.metrics().hide(false);
    monitors.values().forEach(AppMonitor::resumed);
  }

  /**
   * A pod or Service came or changed: whoever misses it looks again.
   *
   * @param concerned whether an endpoint may be found by it
   * @param source it, as the source of a destination
   */
  public void endpointsMoved(
      String namespace, Predicate<EndpointReference> concerned, String source) {
    monitors.forEach(
        (app, monitor) -> {
          if (app.namespace().equals(namespace)) {
            EndpointReference missing = monitor.missing();
            if (missing != null && concerned.test(missing)) {
              monitor.endpointMoved(source);
            }
          }
        });
  }

  /** Polls no app any more. */
  public void stop() {
    monitors.keySet().forEach(this::gone);
  }

  /** Number of apps that are polled. */
  public int size() {
    return polled().size();
  }

  /** Whether that app is polled here. */
  public boolean polls(ObjectKey app) {
    return polled().contains(app);
  }

  private Set<ObjectKey> polled() {
    return suspended ? Set.of() : monitors.keySet();
  }

  /** When that app was polled last, successfully or not; null for never by this process. */
  public @Nullable Instant lastPolled(ObjectKey app) {
    return environment.metrics().lastPolled(app);
  }

  /** {@code namespace/name} of every app that is polled, in order. */
  public List<String> names() {
    return polled().stream()
        .sorted(Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name))
        .map(ObjectKey::toString)
        .toList();
  }

  /** {@code namespace/name} of every app that was polled, and when it was last. */
  public Map<String, Instant> lastPolled() {
    Map<String, Instant> times = new TreeMap<>();
    polled()
        .forEach(
            app -> {
              Instant last = environment.metrics().lastPolled(app);
              if (last != null) {
                times.put(app.toString(), last);
              }
            });
    return times;
  }

  // Guarded by lock.
  private void begin(ObjectKey app, Duration spread) {
    AppMonitor monitor = new AppMonitor(app, environment, spread);
    monitors.put(app, monitor);
    // What an earlier process left undone is finished at once, whenever the first poll is.
    monitor.wake();
  }
}
