// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.Outcome;
import io.heal8s.core.metric.LoopMetrics.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one place that says when a key comes back.
 *
 * <pre>
 * outcome          failures   next run
 * Done             forgotten  at the resync interval, give or take 10 %; never without an interval
 * Waiting(d)       forgotten  after d
 * Stalled          forgotten  when an input changes, at the latest at its deadline
 * Retry            counted    after a {@link Backoff}, for ever
 * own write behind kept       after 100 ms
 * object gone      forgotten  never
 * </pre>
 *
 * <p>Whatever the row, an event for the key makes it run at once. A deadline that has passed
 * already counts as one second: a decision that keeps naming a past deadline must not spin.
 */
public final class RequeueTable {

  /** When the cache is looked at again that does not show our own write yet. */
  public static final Duration BEHIND = Duration.ofMillis(100);

  private static final Duration SOONEST_DEADLINE = Duration.ofSeconds(1);
  private static final double JITTER = 0.1;

  private final @Nullable Duration interval;
  private final RandomGenerator random;
  private final Backoff backoff;

  /**
   * @param interval when a key that is done is looked at again, null for never
   * @param random source of the jitter
   */
  public RequeueTable(@Nullable Duration interval, RandomGenerator random) {
    this.interval = interval;
    this.random = random;
    this.backoff = new Backoff(random);
  }

  /** What becomes of the count of failures in a row. */
  public enum Failures {
    FORGET,
    COUNT,
    KEEP
  }

  /**
   * One row of the table.
   *
   * @param failures what becomes of the count
   * @param after when the key comes back; null: only when an input changes
   * @param priority with which it comes back; a resync waits for what changed
   * @param result how the run is counted
   */
  public record Row(
      Failures failures, @Nullable Duration after, Priority priority, Result result) {}

  /** The row of a run whose own write is not in the cache yet. */
  public Row behind() {
    return new Row(Failures.KEEP, BEHIND, Priority.NORMAL, Result.REQUEUE);
  }

  /** The row of a run that found nothing under its key. */
  public Row gone() {
    return new Row(Failures.FORGET, null, Priority.NORMAL, Result.SUCCESS);
  }

  /**
   * The row of an outcome.
   *
   * @param now the time that deadlines are compared with
   * @param failuresBefore how often the key failed in a row before this run
   */
  public Row of(Outcome outcome, Instant now, int failuresBefore) {
    return switch (outcome) {
      case Outcome.Done() ->
          new Row(Failures.FORGET, jittered(interval), Priority.BACKGROUND, Result.SUCCESS);
      case Outcome.Waiting(Duration after, _) ->
          new Row(
              Failures.FORGET,
              after.isNegative() ? Duration.ZERO : after,
              Priority.NORMAL,
              Result.REQUEUE_AFTER);
      case Outcome.Stalled(_, _, Instant deadline) ->
          new Row(Failures.FORGET, until(deadline, now), Priority.NORMAL, Result.SUCCESS);
      case Outcome.Retry _ -> {
        int failures = failuresBefore == Integer.MAX_VALUE ? failuresBefore : failuresBefore + 1;
        yield new Row(Failures.COUNT, backoff.wait(failures), Priority.NORMAL, Result.ERROR);
      }
    };
  }

  private @Nullable Duration jittered(@Nullable Duration period) {
    if (period == null) {
      return null;
    }
    double factor = 1 - JITTER + 2 * JITTER * random.nextDouble();
    return Duration.ofMillis(Math.round(period.toMillis() * factor));
  }

  private static @Nullable Duration until(@Nullable Instant deadline, Instant now) {
    if (deadline == null) {
      return null;
    }
    Duration left = Duration.between(now, deadline);
    return left.compareTo(SOONEST_DEADLINE) < 0 ? SOONEST_DEADLINE : left;
  }
}
