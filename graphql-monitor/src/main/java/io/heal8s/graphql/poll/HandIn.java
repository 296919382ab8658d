// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.intent.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands in what one app's turn saw, one thing after the other, each again and again until it is
 * taken. It does so on a task of its own, so that an app is polled in time while what was seen of
 * it waits to be written, as after a start with many apps. Two things may wait at most: then the
 * turn looks no further, so that no edge is lost. What is recorded and only not created yet holds
 * up nothing.
 *
 * <p>{@code lock} guards everything and is not held while something is handed in.
 */
final class HandIn {

  /** What is due at no known time: {@link #due} when a task is at it, or nothing waits. */
  static final long NEVER = Long.MAX_VALUE;

  private static final Logger log = LoggerFactory.getLogger(HandIn.class);
  private static final int MOST_WAITING = 2;
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int LARGEST_SHIFT = 5;

  private record Held(Seen seen, Instant at) {}

  private final ObjectKey app;
  private final PollEnvironment environment;
  private final AppObserver.Session session;
  private final Runnable wake;
  private final ReentrantLock lock = new ReentrantLock();

  private final Deque<Held> waiting = new ArrayDeque<>(MOST_WAITING);
  private boolean running;
  private boolean ended;
  private boolean outdated;
  private int failures;
  private long due;
  // When what is pending is tried again.
  private long owed = NEVER;
  private int owedFailures;

  /**
   * At first holds that something may be pending; nothing is handed in before {@link #proceed}.
   *
   * @param wake called whenever something was taken or is to be tried again
   */
  HandIn(ObjectKey app, PollEnvironment environment, Runnable wake) {
    this.app = app;
    this.environment = environment;
    this.session = environment.observer().begin(app);
    this.wake = wake;
    waiting.add(new Held(Seen.NOTHING, environment.clock().instant()));
    due = environment.scheduler().nanos();
  }

  /** Something may be pending that nobody has handed in: it is looked for now. */
  void settleAgain() {
    lock.lock();
    try {
      owed = environment.scheduler().nanos();
      owedFailures = 0;
    } finally {
      lock.unlock();
    }
    proceed();
  }

  /** Something new was seen now; {@link #isFull} must be false. */
  void observe(Seen seen) {
    observe(seen, environment.clock().instant());
  }

  /**
   * The same, seen some time ago.
   *
   * @param at when it was seen
   */
  void observe(Seen seen, Instant at) {
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        failures = 0;
        due = environment.scheduler().nanos();
      }
      waiting.addLast(new Held(seen, at));
    } finally {
      lock.unlock();
    }
    proceed();
  }

  /** Whether something is not taken yet. */
  boolean isHeld() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing more may be seen before something is taken. */
  boolean isFull() {
    lock.lock();
    try {
      return waiting.size() >= MOST_WAITING;
    } finally {
      lock.unlock();
    }
  }

  /** When {@link #proceed} has something to do, monotonic nanoseconds, or {@link #NEVER}. */
  long due() {
    lock.lock();
    try {
      return running ? NEVER : waiting.isEmpty() ? owed : due;
    } finally {
      lock.unlock();
    }
  }

  /** Begins the next try if it is time to. */
  void proceed() {
    lock.lock();
    try {
      if (running || ended || next() == null) {
        return;
      }
      running = true;
    } finally {
      lock.unlock();
    }
    environment.executor().execute(this::handIn);
  }

  private void handIn() {
    boolean orderly = false;
    try {
      for (Held next = first(); next != null; next = first()) {
        settled(step(next));
      }
      orderly = true;
    } finally {
      if (!orderly) {
        broken();
      }
      wake.run();
    }
  }

  // The memory was used up, or worse; another try may be luckier.
  private void broken() {
    lock.lock();
    try {
      running = false;
      due = environment.scheduler().nanos() + LONGEST.toNanos();
    } finally {
      lock.unlock();
    }
  }

  private AppObserver.Step step(Held held) {
    try {
      return session.observed(held.seen(), held.at());
    } catch (RuntimeException bug) {
      log.atError().addKeyValue("key", app).setCause(bug).log("What was seen could not be judged");
      return new AppObserver.Step.Again(LONGEST);
    }
  }

  // Null when the task is over for now.
  private @Nullable Held first() {
    lock.lock();
    try {
      Held next = ended ? null : next();
      if (next == null) {
        running = false;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  // Guarded by lock. What is owed becomes one of those that wait when nothing else does.
  private @Nullable Held next() {
    long now = environment.scheduler().nanos();
    if (waiting.isEmpty() && now >= owed) {
      owed = NEVER;
      failures = 0;
      due = now;
      waiting.add(new Held(Seen.NOTHING, environment.clock().instant()));
    }
    return !waiting.isEmpty() && now >= due ? waiting.getFirst() : null;
  }

  private void settled(AppObserver.Step step) {
    lock.lock();
    try {
      switch (step) {
        case AppObserver.Step.Done _ -> {
          taken();
          owed = NEVER;
          owedFailures = 0;
        }
        case AppObserver.Step.Owing(Duration after) -> {
          taken();
          owe(after);
        }
        case AppObserver.Step.Outdated _ -> {
          taken();
          outdated = true;
          // Whoever recorded it may have left something pending.
          owed = environment.scheduler().nanos();
        }
        case AppObserver.Step.Again(Duration after) ->
            due = environment.scheduler().nanos() + pause(after, failures++).toNanos();
      }
    } finally {
      lock.unlock();
    }
  }

  // Guarded by lock.
  private void taken() {
    waiting.removeFirst();
    failures = 0;
    due = environment.scheduler().nanos();
  }

  // Guarded by lock. Other things that are seen meanwhile do not put it off.
  private void owe(Duration after) {
    if (owed == NEVER) {
      owed = environment.scheduler().nanos() + pause(after, owedFailures).toNanos();
      owedFailures = Math.min(owedFailures + 1, LARGEST_SHIFT);
    }
  }

  private static Duration pause(Duration asked, int failures) {
    if (asked.isPositive()) {
      return asked;
    }
    Duration pause = AGAIN.multipliedBy(1L << Math.min(failures, LARGEST_SHIFT));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  /** Whether what was seen turned out to be outdated since this was asked last. */
  boolean wasOutdated() {
    lock.lock();
    try {
      boolean was = outdated;
      outdated = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing is handed in any more beside what is under way. */
  void end() {
    lock.lock();
    try {
      ended = true;
    } finally {
      lock.unlock();
    }
  }
}
