// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real {@link Scheduler}: {@link System#nanoTime} and one daemon thread. */
public final class SystemScheduler implements Scheduler, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SystemScheduler.class);

  // Longer delays are cut: adding them to nanoTime would overflow, and nobody waits 146 years.
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

  private final long origin = System.nanoTime();
  private final ScheduledThreadPoolExecutor executor;

  /** Starts the thread, named {@code wakeups}, with the first task. */
  public SystemScheduler() {
    this.executor =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("wakeups").unstarted(task));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public long nanos() {
    return System.nanoTime() - origin;
  }

  @Override
  public Wakeup after(Duration delay, Runnable task) {
    try {
      Future<?> future =
          executor.schedule(() -> guarded(task), cappedNanos(delay), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException closed) {
      // The process is stopping; nobody waits for this wake-up any more.
      return () -> {};
    }
  }

  /** Stops the thread; what was still to come is forgotten. */
  @Override
  public void close() {
    executor.shutdownNow();
  }

  static long cappedNanos(Duration delay) {
    if (delay.isNegative()) {
      return 0;
    }
    // Duration.toNanos throws beyond 292 years.
    return delay.getSeconds() >= TimeUnit.NANOSECONDS.toSeconds(LONGEST_NANOS)
        ? LONGEST_NANOS
        : delay.toNanos();
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      log.error("A wake-up task failed", failure);
    }
  }
}
