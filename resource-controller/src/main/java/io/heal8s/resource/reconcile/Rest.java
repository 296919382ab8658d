// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Pauses of the loops of a process, which its end cuts short. Threads are never interrupted: that
 * would close the connection to the database that a statement is under way on, and nobody would
 * know what became of it.
 */
final class Rest {

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Semaphore wake = new Semaphore(0);
  private volatile long plannedWakeAt = Long.MAX_VALUE;

  /** Whether the process goes on. */
  boolean goesOn() {
    return ended.getCount() > 0;
  }

  /** Cuts every pause short, for ever. */
  void end() {
    ended.countDown();
    wake.release();
  }

  /** Pauses; only the end cuts it short. */
  void pause(Duration time) {
    try {
      if (time.isPositive() && ended.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
    }
  }

  /** Forgets wake-ups up to now; to be called before looking, by the one thread that sleeps. */
  void beginLook() {
    plannedWakeAt = Long.MAX_VALUE;
    wake.drainPermits();
  }

  /** Sleeps until woken since {@link #beginLook}. */
  void sleep(Duration atMost) {
    plannedWakeAt = System.nanoTime() + atMost.toNanos();
    try {
      wake.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
    }
  }

  /** Wakes the sleeper, or keeps it from going to sleep. */
  void wake() {
    wake.release();
  }

  /** Wakes the sleeper if it would sleep beyond that time. */
  void wakeIn(Duration time) {
    if (System.nanoTime() + time.toNanos() < plannedWakeAt) {
      wake.release();
    }
  }
}
