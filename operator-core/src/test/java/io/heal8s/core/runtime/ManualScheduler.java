// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Time that moves only when a test moves it; wake-ups run on the test's thread, in order. */
public final class ManualScheduler implements Scheduler {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private record Task(long at, long order, Runnable run) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
  private long now;
  private long order;

  @Override
  public synchronized long nanos() {
    return now;
  }

  @Override
  public synchronized Wakeup after(Duration delay, Runnable run) {
    Task task = new Task(now + Math.max(0, delay.toNanos()), order++, run);
    tasks.add(task);
    return () -> cancel(task);
  }

  /** Moves time forward and runs every wake-up that is due, each at its own time. */
  public void advance(Duration by) {
    long end = nanos() + by.toNanos();
    for (Task task = pollDue(end); task != null; task = pollDue(end)) {
      task.run().run();
    }
    synchronized (this) {
      now = end;
    }
  }

  /** Number of wake-ups that are still to come. */
  public synchronized int pending() {
    return tasks.size();
  }

  /** Wall time that moves with this scheduler. */
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return START.plusNanos(nanos());
      }
    };
  }

  private synchronized @Nullable Task pollDue(long end) {
    Task next = tasks.peek();
    if (next == null || next.at() > end) {
      return null;
    }
    tasks.poll();
    now = Math.max(now, next.at());
    return next;
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }
}
