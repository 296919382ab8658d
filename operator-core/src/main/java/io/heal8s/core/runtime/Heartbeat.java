// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The synthetic key that shows that a loop lives: it goes through the queue and a worker like any
 * other key. A beat that does not come back in time means that all workers hang or that the queue
 * is dead; only a new process helps then. No object in the cluster is touched.
 */
final class Heartbeat {

  private final long withinNanos;
  private final Scheduler scheduler;
  private final ReentrantLock lock = new ReentrantLock();

  // All below guarded by lock.
  private boolean underWay;
  private long sentAt;

  Heartbeat(Duration within, Scheduler scheduler) {
    this.withinNanos = SystemScheduler.cappedNanos(within);
    this.scheduler = scheduler;
  }

  /** Whether a new beat should be sent: the last one came back. Marks it as sent. */
  boolean send() {
    lock.lock();
    try {
      if (underWay) {
        return false;
      }
      underWay = true;
      sentAt = scheduler.nanos();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The beat passed through a worker. */
  void arrived() {
    lock.lock();
    try {
      underWay = false;
    } finally {
      lock.unlock();
    }
  }

  /** How long the beat has been under way; zero if the last one came back. */
  Duration pending() {
    lock.lock();
    try {
      return underWay ? Duration.ofNanos(scheduler.nanos() - sentAt) : Duration.ZERO;
    } finally {
      lock.unlock();
    }
  }

  /** Whether every beat came back in time so far. */
  boolean alive() {
    return pending().toNanos() <= withinNanos;
  }
}
