// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.util.concurrent.locks.ReentrantLock;

/**
 * One run that is under way. Its lock makes sure that an interrupt never hits the thread after the
 * run ended, when it may already work for another key.
 */
final class ActiveRun {

  private final String id;
  private final Object key;
  private final long since;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();

  // All below guarded by lock.
  private boolean warned;
  private boolean interrupted;
  private boolean ended;

  ActiveRun(String id, Object key, long since, Thread thread) {
    this.id = id;
    this.key = key;
    this.since = since;
    this.thread = thread;
  }

  String id() {
    return id;
  }

  Object key() {
    return key;
  }

  long since() {
    return since;
  }

  /** Interrupts the run once; returns whether this call did it. */
  boolean interrupt() {
    lock.lock();
    try {
      if (ended || interrupted) {
        return false;
      }
      interrupted = true;
      thread.interrupt();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a warning is due now; true once. */
  boolean warnOnce() {
    lock.lock();
    try {
      if (ended || warned) {
        return false;
      }
      warned = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the run was interrupted because it took too long. */
  boolean wasInterrupted() {
    lock.lock();
    try {
      return interrupted;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the run on its own thread, whose interrupt flag is clean afterwards. */
  void end() {
    lock.lock();
    try {
      ended = true;
      if (interrupted) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }
}
