// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.runtime.Scheduler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caches of one process. They are declared while it is wired and contact nobody before {@link
 * #start}; from then on they keep themselves current until {@link #stop}, whatever happens to the
 * API server.
 */
public final class Informers {

  private static final Logger log = LoggerFactory.getLogger(Informers.class);

  private final KubernetesApi api;
  private final Scheduler scheduler;
  private final Executor executor;
  private final RandomGenerator random;
  private final SyncLog syncLog;
  private final Map<String, SyncState> states = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  // All below guarded by lock.
  private final List<Reflector<?>> reflectors = new ArrayList<>();
  private final List<String> required = new ArrayList<>();
  private boolean started;

  /**
   * @param executor runs one blocking task per kind: virtual threads
   */
  public Informers(
      KubernetesApi api, Scheduler scheduler, Executor executor, RandomGenerator random) {
    this.api = api;
    this.scheduler = scheduler;
    this.executor = executor;
    this.random = random;
    this.syncLog =
        new SyncLog(
            scheduler, line -> (line.warning() ? log.atWarn() : log.atInfo()).log(line.text()));
  }

  /**
   * Declares a store; it fills itself after {@link #start}.
   *
   * @throws IllegalStateException if the process has started already
   */
  public <T> Store<T> watch(Watched<T> watched) {
    return watch(
        watched,
        new ApiListWatch<>(api, watched.type(), watched.selector(), random, ApiListWatch.SILENCE));
  }

  /**
   * Declares a store over some namespaces, where the account has rights in these alone.
   *
   * @param namespaces names; empty for all namespaces by one watch
   * @throws IllegalStateException if the process has started already
   */
  public <T> Store<T> watch(Watched<T> watched, Collection<String> namespaces) {
    if (namespaces.isEmpty()) {
      return watch(watched);
    }
    Map<String, Store<T>> stores = new LinkedHashMap<>();
    for (String namespace : new LinkedHashSet<>(namespaces)) {
      stores.put(namespace, watch(watched.only(Selector.namespace(namespace))));
    }
    return new JoinedStore<>(watched.type(), stores);
  }

  <T> Store<T> watch(Watched<T> watched, ListWatch<T> source) {
    Cache<T> cache = new Cache<>(watched.type(), watched.indexes());
    lock.lock();
    try {
      if (started) {
        throw new IllegalStateException("stores are declared before the informers start");
      }
      String resource = nameOf(watched);
      states.put(resource, new SyncState.Starting());
      if (watched.required()) {
        required.add(resource);
      }
      reflectors.add(
          new Reflector<>(
              source,
              cache,
              scheduler,
              executor,
              random,
              state -> report(resource, watched.required(), state)));
    } finally {
      lock.unlock();
    }
    return cache;
  }

  /** Begins to list and watch everything that was declared; without effect the second time. */
  public void start() {
    lock.lock();
    try {
      if (!started) {
        started = true;
        reflectors.forEach(Reflector::start);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends all watches; the stores keep what they have. */
  public void stop() {
    lock.lock();
    try {
      reflectors.forEach(Reflector::stop);
    } finally {
      lock.unlock();
    }
  }

  /** Whether every required kind was listed and may be decided on. */
  public boolean synced() {
    lock.lock();
    try {
      return started
          && required.stream()
              .allMatch(
                  resource -> states.getOrDefault(resource, new SyncState.Starting()).usable());
    } finally {
      lock.unlock();
    }
  }

  /** State of each kind by its resource name, for health details. */
  public Map<String, SyncState> states() {
    return new TreeMap<>(states);
  }

  private void report(String resource, boolean isRequired, SyncState state) {
    SyncState before = states.put(resource, state);
    if (!state.equals(before)) {
      syncLog.report(resource, isRequired, state);
    }
  }

  // Two stores of one kind, say in two namespaces, must not hide each other's state.
  private String nameOf(Watched<?> watched) {
    String name = watched.type().resource();
    String namespace = watched.selector().namespace();
    String full = namespace == null ? name : name + " in " + namespace;
    String unique = full;
    for (int i = 2; states.containsKey(unique); i++) {
      unique = full + " (" + i + ")";
    }
    return unique;
  }
}
