// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Duration;

/**
 * Monotonic time and wake-ups. Everything here that waits goes through this port: production code
 * uses {@link SystemScheduler}, tests turn the hands themselves.
 */
public interface Scheduler {

  /** Nanoseconds since a fixed origin in this process: never negative, never going back. */
  long nanos();

  /**
   * Runs a task once, later, on the scheduler's own thread.
   *
   * @param delay how long to wait; zero or negative means as soon as possible
   * @param task must be short and must never block: all wake-ups of the process share one thread
   * @return handle that cancels the task if it has not begun
   */
  Wakeup after(Duration delay, Runnable task);

  /** A task that is still to come. */
  @FunctionalInterface
  interface Wakeup {

    /** Keeps the task from running; without effect once it has begun. */
    void cancel();
  }
}
