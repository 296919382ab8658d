// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.endpoint.EndpointReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls one app. Its work is done in turns: a turn is one task on the executor, at most one at a
 * time, and says when the next one is due; until then there is only a wake-up.
 *
 * <p>{@code lock} guards when turns run and is never held while one does; everything else belongs
 * to the turn.
 */
final class AppMonitor {

  private static final Logger log = LoggerFactory.getLogger(AppMonitor.class);
  private static final Duration AFTER_BUG = Duration.ofSeconds(30);

  private final ObjectKey app;
  private final PollEnvironment environment;
  private final PollTurn turn;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private boolean running;
  private boolean wanted;
  private boolean stopped;
  private Set<String> moved = new HashSet<>();
  private Scheduler.@Nullable Wakeup wakeup;

  /**
   * @param spread longest time until the first poll
   */
  AppMonitor(ObjectKey app, PollEnvironment environment, Duration spread) {
    this.app = app;
    this.environment = environment;
    this.turn = new PollTurn(app, environment, spread, this::wake);
  }

  /** Something may have changed: a turn runs soon. */
  void wake() {
    lock.lock();
    try {
      if (running) {
        wanted = true;
        return;
      }
      if (stopped) {
        return;
      }
      running = true;
      if (wakeup != null) {
        wakeup.cancel();
        wakeup = null;
      }
    } finally {
      lock.unlock();
    }
    environment.executor().execute(this::turns);
  }

  /** It may go on after a while in which others may have acted for the app. */
  void resumed() {
    turn.resumed();
    wake();
  }

  /** A pod or Service of its endpoint came or changed: what was missed may be there. */
  void endpointMoved(String source) {
    lock.lock();
    try {
      moved.add(source);
    } finally {
      lock.unlock();
    }
    wake();
  }

  /** The endpoint, while it is not there or does not answer; else null. */
  @Nullable EndpointReference missing() {
    return turn.missing();
  }

  /** No turn begins after this one, and the connection ends. */
  void stop() {
    boolean closeNow;
    lock.lock();
    try {
      stopped = true;
      closeNow = !running;
      if (wakeup != null) {
        wakeup.cancel();
      }
    } finally {
      lock.unlock();
    }
    if (closeNow) {
      environment.executor().execute(turn::close);
    }
  }

  private void turns() {
    long next = 0;
    do {
      Set<String> sources = begin();
      try {
        next = turn.run(sources);
      } catch (RuntimeException bug) {
        log.atError().addKeyValue("key", app).setCause(bug).log("A poll failed unexpectedly");
        next = environment.scheduler().nanos() + AFTER_BUG.toNanos();
      }
    } while (again(next));
  }

  private Set<String> begin() {
    lock.lock();
    try {
      wanted = false;
      if (moved.isEmpty()) {
        return Set.of();
      }
      Set<String> sources = moved;
      moved = new HashSet<>();
      return sources;
    } finally {
      lock.unlock();
    }
  }

  private boolean again(long next) {
    boolean close = false;
    lock.lock();
    try {
      if (wanted && !stopped) {
        return true;
      }
      running = false;
      close = stopped;
      if (!stopped) {
        long delay = Math.max(0, next - environment.scheduler().nanos());
        wakeup = environment.scheduler().after(Duration.ofNanos(delay), this::wake);
      }
    } finally {
      lock.unlock();
    }
    if (close) {
      turn.close();
    }
    return false;
  }
}
