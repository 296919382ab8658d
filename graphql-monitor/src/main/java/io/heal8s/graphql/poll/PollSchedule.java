// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.graphql.exchange.Answer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When one app is asked next: polls at their pace, a failed one repeated within its interval, and
 * longer pauses while the endpoint is dead. Used by one thread at a time; times are monotonic
 * nanoseconds.
 */
final class PollSchedule {

  private static final Duration LEAST_ATTEMPT = Duration.ofMillis(100);
  private static final Duration LONGEST_CATCHING_UP = Duration.ofSeconds(30);

  private final PollEnvironment environment;
  private final Duration spread;
  private final Circuit circuit = new Circuit();
  private final RetryPause retryPause;
  private @Nullable Pace pace;
  private long pollDue;
  private long attemptDue;
  private long begun;
  private int failedAttempts;

  /**
   * @param spread longest time until the first poll, whose moment is left to chance
   */
  PollSchedule(PollEnvironment environment, Duration spread) {
    this.environment = environment;
    this.spread = spread;
    this.retryPause = new RetryPause(environment.random());
    this.pollDue = now() + (long) (environment.random().nextDouble() * spread.toNanos());
    this.attemptDue = pollDue;
  }

  long now() {
    return environment.scheduler().nanos();
  }

  long attemptDue() {
    return attemptDue;
  }

  /**
   * Another setup holds.
   *
   * @param edited whether somebody edited it and looks at what happens
   */
  void takeOver(Duration interval, boolean edited) {
    circuit.close();
    failedAttempts = 0;
    long now = now();
    if (edited) {
      pollDue = now;
    } else if (pollDue > now) {
      // First polls are spread, but none comes later than it would anyway.
      pollDue = now + (pollDue - now) % interval.toNanos();
    }
    attemptDue = pollDue;
    pace = new Pace(environment.random(), Math.max(pollDue, now));
    if (!edited) {
      pace.separate(spread, interval);
    }
  }

  /** What was missed may be there now. */
  void lookNow() {
    circuit.close();
    pollDue = Math.min(pollDue, now());
    attemptDue = pollDue;
    failedAttempts = 0;
  }

  /**
   * It could not be polled for a while, and many others could not either: what is overdue is spread
   * over as long as it is.
   */
  void catchUp(Duration interval) {
    long overdue = now() - attemptDue;
    if (overdue > 0) {
      long longest = Math.min(interval.toNanos(), LONGEST_CATCHING_UP.toNanos());
      attemptDue = now() + (long) (environment.random().nextDouble() * Math.min(overdue, longest));
      pollDue = attemptDue;
      failedAttempts = 0;
    }
  }

  /** An attempt begins. */
  void begin() {
    if (failedAttempts == 0) {
      begun = now();
      environment.times().late(begun - pollDue);
    }
  }

  /** What was under way for long broke: its repetitions count from now. */
  void brokeNow() {
    begun = now();
    pollDue = begun;
    failedAttempts = 0;
  }

  /** Time that one request may take now. */
  Duration timeout(Setup.Ready ready) {
    long until = begun + ready.interval().toNanos() - now();
    Duration left = Duration.ofNanos(Math.max(LEAST_ATTEMPT.toNanos(), until));
    return ready.timeout().compareTo(left) < 0 ? ready.timeout() : left;
  }

  /**
   * An attempt failed.
   *
   * @return whether it is repeated within this poll
   */
  boolean repeats(Setup.Ready ready, Answer.Failed failed) {
    failedAttempts++;
    long retryAt = now() + retryPause.after(failedAttempts, failed.retryAfter()).toNanos();
    boolean again =
        failed.kind().mayPass()
            && failedAttempts < circuit.attempts(ready.retries())
            && retryAt + LEAST_ATTEMPT.toNanos() < begun + ready.interval().toNanos();
    if (again) {
      attemptDue = retryAt;
    } else {
      circuit.failed();
    }
    return again;
  }

  /** Whether the next attempt repeats one that failed. */
  boolean isRepeating() {
    return failedAttempts > 0;
  }

  /** A poll that failed cannot be repeated. */
  void givesUp() {
    circuit.failed();
  }

  /**
   * A poll that is due must wait; the next ones follow it at their pace.
   *
   * @param until monotonic nanoseconds
   * @return how many polls come too late by that, at least this one
   */
  long postpone(Duration interval, long until) {
    long wait = Math.max(1, until - now());
    failedAttempts = 0;
    pollDue = now() + wait;
    attemptDue = pollDue;
    pace = new Pace(environment.random(), pollDue);
    return (wait + interval.toNanos() - 1) / interval.toNanos();
  }

  /** The endpoint lives. */
  void answered() {
    circuit.close();
  }

  /**
   * The poll is over.
   *
   * @return seconds that it took
   */
  double ended(Duration interval) {
    long now = now();
    failedAttempts = 0;
    Pace own = pace == null ? new Pace(environment.random(), pollDue) : pace;
    pace = own;
    pollDue = own.next(circuit.pause(interval), now);
    attemptDue = pollDue;
    return (now - begun) / 1e9;
  }
}
