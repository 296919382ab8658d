// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.metric.QueueMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue of keys, not of events: however often a key is added, it is handed out once.
 *
 * <ul>
 *   <li>Nothing is dropped: a key that was added is handed out afterwards, at the latest at its
 *       deadline. There is no bound; one entry per key and state is all the queue can hold.
 *   <li>A key is handed out to one taker at a time. Added while it is being processed, it comes
 *       back once after {@link #done}.
 *   <li>Of several deadlines for one key the earliest counts.
 *   <li>Normal keys come before background keys, which are never starved ({@link ReadyKeys}).
 * </ul>
 *
 * <p>Threads: every method may be called from any thread and none blocks. One lock guards all
 * state; {@code onReady} is called without it, by whichever thread made a key ready.
 *
 * @param <K> key with equals and hashCode
 */
public final class WorkQueue<K> implements QueueMetrics.QueueState {

  private record Working(long since) {}

  private final Scheduler scheduler;
  private final QueueMetrics metrics;
  private final Runnable onReady;
  private final ReentrantLock lock = new ReentrantLock();

  // All below guarded by lock.
  private final ReadyKeys<K> ready;
  private final DelayedKeys<K> delayed = new DelayedKeys<>();
  private final Map<K, Working> working = new HashMap<>();
  private final Map<K, Priority> again = new HashMap<>();
  private Scheduler.@Nullable Wakeup alarm;
  private long alarmAt = Long.MAX_VALUE;
  private boolean closed;

  /**
   * @param scheduler time and wake-ups
   * @param ageing how much longer than a normal key a background key may wait
   * @param metrics where adds, waits and work are counted
   * @param onReady called after a key became ready; must not block
   */
  public WorkQueue(Scheduler scheduler, Duration ageing, QueueMetrics metrics, Runnable onReady) {
    this.scheduler = scheduler;
    this.metrics = metrics;
    this.onReady = onReady;
    this.ready = new ReadyKeys<>(SystemScheduler.cappedNanos(ageing));
  }

  /** Adds a key that should be taken as soon as possible. */
  public void add(K key, Priority priority) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      enqueue(key, priority);
    } finally {
      lock.unlock();
    }
    onReady.run();
  }

  /**
   * Adds a key that should be taken after a delay.
   *
   * @param delay zero or negative means now
   */
  public void addAfter(K key, Duration delay, Priority priority) {
    long nanos = SystemScheduler.cappedNanos(delay);
    if (nanos == 0) {
      add(key, priority);
      return;
    }
    lock.lock();
    try {
      if (closed) {
        return;
      }
      delayed.add(key, scheduler.nanos() + nanos, priority);
      setAlarm();
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next key, if there is one; the taker must call {@link #done} in any case. */
  public Optional<K> poll() {
    lock.lock();
    try {
      long now = scheduler.nanos();
      moveDue(now);
      ReadyKeys.Taken<K> taken = ready.poll();
      if (taken == null) {
        return Optional.empty();
      }
      working.put(taken.key(), new Working(now));
      metrics.taken(now - taken.since());
      return Optional.of(taken.key());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives a key back that {@link #poll} handed out; if it was added meanwhile it is ready again.
   */
  public void done(K key) {
    boolean readyAgain;
    lock.lock();
    try {
      Working work = working.remove(key);
      if (work == null) {
        return;
      }
      metrics.finished(scheduler.nanos() - work.since());
      Priority priority = again.remove(key);
      readyAgain = priority != null && !closed;
      if (priority != null && !closed) {
        ready.add(key, priority, scheduler.nanos());
      }
    } finally {
      lock.unlock();
    }
    if (readyAgain) {
      onReady.run();
    }
  }

  /** Forgets what waits and takes nothing more; keys that were handed out may still be done. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (alarm != null) {
        alarm.cancel();
        alarm = null;
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int depth() {
    lock.lock();
    try {
      return ready.size();
    } finally {
      lock.unlock();
    }
  }

  /** Number of keys that come back later. */
  public int delayed() {
    lock.lock();
    try {
      return delayed.size();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long unfinishedNanos() {
    lock.lock();
    try {
      long now = scheduler.nanos();
      return working.values().stream().mapToLong(work -> now - work.since()).sum();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long longestRunningNanos() {
    lock.lock();
    try {
      long now = scheduler.nanos();
      return working.values().stream().mapToLong(work -> now - work.since()).max().orElse(0);
    } finally {
      lock.unlock();
    }
  }

  // Guarded by lock.
  private void enqueue(K key, Priority priority) {
    boolean added;
    if (working.containsKey(key)) {
      added = !again.containsKey(key);
      again.merge(key, priority, Priority::orMoreUrgent);
    } else {
      added = ready.add(key, priority, scheduler.nanos());
    }
    if (added) {
      metrics.added();
    }
  }

  // Guarded by lock. Returns whether a key became ready.
  private boolean moveDue(long now) {
    boolean moved = false;
    for (DelayedKeys.Deadline<K> due = delayed.pollDue(now);
        due != null;
        due = delayed.pollDue(now)) {
      enqueue(due.key(), due.priority());
      moved = true;
    }
    return moved;
  }

  // Guarded by lock. One alarm for the earliest deadline is enough, however many keys wait.
  private void setAlarm() {
    long next = delayed.next();
    if (next >= alarmAt) {
      return;
    }
    if (alarm != null) {
      alarm.cancel();
    }
    alarmAt = next;
    alarm = scheduler.after(Duration.ofNanos(next - scheduler.nanos()), this::ring);
  }

  private void ring() {
    boolean moved;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      alarm = null;
      alarmAt = Long.MAX_VALUE;
      moved = moveDue(scheduler.nanos());
      setAlarm();
    } finally {
      lock.unlock();
    }
    if (moved) {
      onReady.run();
    }
  }
}
