// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.observe;

import io.heal8s.core.runtime.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tells in one line what is wrong with the caches, and again only when that changes. Reports are
 * collected for a second first: kinds fail one after another, and a watch that breaks is mostly
 * back before anybody needs to know.
 */
final class SyncLog {

  private static final Duration COLLECT = Duration.ofSeconds(1);

  /**
   * One line for people.
   *
   * @param warning whether something must be done, or the news are good
   */
  record Line(boolean warning, String text) {}

  private final Scheduler scheduler;
  private final Consumer<Line> out;
  private final ReentrantLock lock = new ReentrantLock();

  // All below guarded by lock.
  private final Map<String, SyncState> required = new TreeMap<>();
  private final Map<String, SyncState> optional = new TreeMap<>();
  private boolean scheduled;
  private String told = "";

  SyncLog(Scheduler scheduler, Consumer<Line> out) {
    this.scheduler = scheduler;
    this.out = out;
  }

  void report(String resource, boolean isRequired, SyncState state) {
    lock.lock();
    try {
      (isRequired ? required : optional).put(resource, state);
      if (!scheduled) {
        scheduled = true;
        scheduler.after(COLLECT, this::tell);
      }
    } finally {
      lock.unlock();
    }
  }

  private void tell() {
    Line line = null;
    lock.lock();
    try {
      scheduled = false;
      // A message may differ at every try (refused, timed out); the same trouble is told once.
      String kind = signature();
      if (!kind.equals(told) && !isStarting()) {
        told = kind;
        line = line();
      }
    } finally {
      lock.unlock();
    }
    if (line != null) {
      out.accept(line);
    }
  }

  // Guarded by lock.
  private boolean isStarting() {
    return required.values().stream().anyMatch(SyncState.Starting.class::isInstance);
  }

  // Guarded by lock.
  private String signature() {
    return all().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue().getClass().getSimpleName())
        .collect(Collectors.joining(","));
  }

  // Guarded by lock.
  private Map<String, SyncState> all() {
    Map<String, SyncState> all = new TreeMap<>(required);
    all.putAll(optional);
    return all;
  }

  // Guarded by lock.
  private Line line() {
    Map<String, TreeSet<String>> troubles = new LinkedHashMap<>();
    all()
        .forEach(
            (resource, state) -> {
              String trouble = trouble(resource, state);
              if (!trouble.isEmpty()) {
                troubles.computeIfAbsent(trouble, _ -> new TreeSet<>()).add(resource);
              }
            });
    boolean ready = required.values().stream().allMatch(SyncState::usable);
    if (troubles.isEmpty()) {
      return new Line(false, "All caches are in sync");
    }
    String text =
        troubles.entrySet().stream()
            .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
            .collect(Collectors.joining("; "));
    return ready
        ? new Line(required.values().stream().anyMatch(s -> !(s instanceof SyncState.Synced)), text)
        : new Line(true, "Not ready, trying again by itself: " + text);
  }

  // Guarded by lock.
  private String trouble(String resource, SyncState state) {
    return switch (state) {
      case SyncState.Synced _, SyncState.Starting _ -> "";
      case SyncState.Missing _ ->
          required.containsKey(resource)
              ? "not installed, apply the CRDs of the chart"
              : "not installed, watched as soon as it is";
      case SyncState.Forbidden(String message) -> "may not be watched (" + message + ")";
      case SyncState.Unreachable(String message, _) -> message;
    };
  }
}
