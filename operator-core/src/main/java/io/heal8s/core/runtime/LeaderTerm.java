// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process leads: from the first won lease to its loss or to the end of the election,
 * and never again after. The deadline of a renewal is an alarm here, so that a call that hangs
 * cannot hide it.
 *
 * <p>Threads: {@code lock} guards the fields and is never held during a call; listeners are called
 * without it.
 */
final class LeaderTerm {

  private static final Logger log = LoggerFactory.getLogger(LeaderTerm.class);

  private final String lease;
  private final Duration deadline;
  private final Scheduler scheduler;
  private final LeaderElection.Listener listener;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private boolean leading;
  private boolean ended;
  private long renewedAt;
  private String told = "";

  /**
   * @param lease its name, for messages
   * @param deadline how long a leader may fail to renew
   */
  LeaderTerm(
      String lease, Duration deadline, Scheduler scheduler, LeaderElection.Listener listener) {
    this.lease = lease;
    this.deadline = deadline;
    this.scheduler = scheduler;
    this.listener = listener;
  }

  boolean isLeading() {
    lock.lock();
    try {
      return leading;
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing more is to be tried: the lease was lost, or the election is over. */
  boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** Ends it willingly; returns whether this process led. */
  boolean end() {
    lock.lock();
    try {
      boolean led = leading;
      ended = true;
      leading = false;
      return led;
    } finally {
      lock.unlock();
    }
  }

  /** The lease was won or renewed by a call that began at that time. */
  void won(long at) {
    boolean first;
    lock.lock();
    try {
      if (ended) {
        return;
      }
      first = !leading;
      leading = true;
      renewedAt = at;
      told = "";
    } finally {
      lock.unlock();
    }
    if (first) {
      log.atInfo().addKeyValue("lease", lease).log("Leading");
      watchDeadline();
      listener.acquired();
    }
  }

  private void watchDeadline() {
    Duration left;
    lock.lock();
    try {
      if (!leading) {
        return;
      }
      left = deadline.minusNanos(scheduler.nanos() - renewedAt);
    } finally {
      lock.unlock();
    }
    if (left.isPositive()) {
      scheduler.after(left, this::watchDeadline);
    } else {
      lose("it could not be renewed for " + deadline.toSeconds() + " s");
    }
  }

  /** The lease is another's, or may be; returns whether this process led until now. */
  boolean lose(String why) {
    lock.lock();
    try {
      if (!leading) {
        return false;
      }
      leading = false;
      ended = true;
    } finally {
      lock.unlock();
    }
    listener.lost("The lease " + lease + " is lost: " + why);
    return true;
  }

  /** Tells what keeps this process from leading, once for each new reason. */
  void standsBy(String why) {
    lock.lock();
    try {
      if (why.equals(told)) {
        return;
      }
      told = why;
    } finally {
      lock.unlock();
    }
    log.atInfo().addKeyValue("lease", lease).log("Standing by, the lease {}", why);
  }
}
