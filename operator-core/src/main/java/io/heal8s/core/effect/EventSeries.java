// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import io.heal8s.core.decide.Announcement;
import io.heal8s.core.runtime.Scheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Knows which announcements repeat. Bounded: the least recently repeated of 2,000 is forgotten. */
final class EventSeries {

  private static final int MOST = 2000;
  private static final Duration QUIET = Duration.ofMinutes(1);

  private record Key(
      ObjectReference regarding, Announcement.Type type, String reason, String dedupeKey) {}

  private static final class Series {
    final ObjectKey event;
    int count = 1;
    long lastSeen;
    boolean writeScheduled;

    Series(ObjectKey event, long now) {
      this.event = event;
      this.lastSeen = now;
    }
  }

  private final EventJson json;
  private final Clock clock;
  private final Scheduler scheduler;
  private final Consumer<ApiRequest> out;
  private final Duration window;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Map<Key, Series> known = new LinkedHashMap<>(16, 0.75f, true);
  private long number;

  /**
   * @param window longest time between two announcements of one series
   */
  EventSeries(
      EventJson json, Clock clock, Scheduler scheduler, Consumer<ApiRequest> out, Duration window) {
    this.json = json;
    this.clock = clock;
    this.scheduler = scheduler;
    this.out = out;
    this.window = window;
  }

  void add(ObjectReference regarding, Announcement announcement) {
    Key key =
        new Key(regarding, announcement.type(), announcement.reason(), announcement.dedupeKey());
    ApiRequest request;
    lock.lock();
    try {
      request = requestFor(key, regarding, announcement);
    } finally {
      lock.unlock();
    }
    if (request != null) {
      out.accept(request);
    }
  }

  /** How many announcements would become a series if they repeated now. */
  int remembered() {
    lock.lock();
    try {
      long now = scheduler.nanos();
      return (int)
          known.values().stream()
              .filter(series -> now - series.lastSeen <= window.toNanos())
              .count();
    } finally {
      lock.unlock();
    }
  }

  // Guarded by lock.
  private @Nullable ApiRequest requestFor(
      Key key, ObjectReference regarding, Announcement announcement) {
    long now = scheduler.nanos();
    Series series = known.get(key);
    if (series == null || now - series.lastSeen > window.toNanos()) {
      ObjectKey event = json.keyOf(regarding, clock.instant(), ++number);
      known.put(key, new Series(event, now));
      if (known.size() > MOST) {
        known.remove(known.keySet().iterator().next());
      }
      return json.create(event, regarding, announcement, clock.instant());
    }
    series.count++;
    series.lastSeen = now;
    if (series.writeScheduled) {
      return null;
    }
    series.writeScheduled = true;
    scheduler.after(QUIET, () -> writeLater(series));
    return series.count == 2 ? json.repeat(series.event, series.count, clock.instant()) : null;
  }

  private void writeLater(Series series) {
    ApiRequest request;
    lock.lock();
    try {
      series.writeScheduled = false;
      request = series.count > 2 ? json.repeat(series.event, series.count, clock.instant()) : null;
    } finally {
      lock.unlock();
    }
    if (request != null) {
      out.accept(request);
    }
  }
}
