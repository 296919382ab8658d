// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one app: a few numbers, so that ten thousand apps fit into a small heap, where
 * a meter each would not. Written by the app's own turn, read by a scrape.
 */
final class AppCounts {

  /** Upper bounds of the poll duration's buckets in seconds: those of the original. */
  static final double[] BOUNDS = {
    .005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10, Double.POSITIVE_INFINITY
  };

  /** How a poll ended; the names are those of the original's label. */
  enum PollStatus {
    success,
    error,
    rate_limited
  }

  /** What an action's Remediation came to be. */
  record ActionKey(String action, String status) {}

  /** Number and summed seconds of something that took time. */
  record Durations(long count, double seconds) {
    Durations plus(double more) {
      return new Durations(count + 1, seconds + more);
    }
  }

  private final long[] polls = new long[PollStatus.values().length];
  private final int[] buckets = new int[BOUNDS.length];
  private double seconds;
  private @Nullable Instant lastPolled;
  private @Nullable Boolean known;
  private long initialEvents;
  private long changeEvents;
  private Map<ActionKey, Durations> actions = Map.of();
  private Map<String, Long> errors = Map.of();
  private int owing;

  synchronized void polled(PollStatus status, double took, Instant at) {
    polls[status.ordinal()]++;
    known = status == PollStatus.success;
    lastPolled = at;
    seconds += took;
    int bucket = 0;
    while (took > BOUNDS[bucket]) {
      bucket++;
    }
    buckets[bucket]++;
  }

  /** So many polls were not made in time, as the app may not be asked so often. */
  synchronized void skipped(long times) {
    polls[PollStatus.rate_limited.ordinal()] += times;
  }

  /** Its state is not known, whatever the last poll said. */
  synchronized void unknown() {
    known = false;
  }

  synchronized void announced(boolean initial) {
    if (initial) {
      initialEvents++;
    } else {
      changeEvents++;
    }
  }

  synchronized void acted(String action, String status, double took) {
    Map<ActionKey, Durations> more = new TreeMap<>(ORDER);
    more.putAll(actions);
    more.merge(
        new ActionKey(action, status),
        new Durations(1, took),
        (before, one) -> before.plus(one.seconds()));
    actions = more;
  }

  private static final java.util.Comparator<ActionKey> ORDER =
      java.util.Comparator.comparing(ActionKey::action).thenComparing(ActionKey::status);

  synchronized void failed(String kind) {
    Map<String, Long> more = new TreeMap<>(errors);
    more.merge(kind, 1L, Long::sum);
    errors = more;
  }

  synchronized void owing(int remediations) {
    owing = remediations;
  }

  /**
   * A copy for one scrape.
   *
   * @param known whether the state is known; null before anything was asked
   */
  record View(
      long[] polls,
      long[] buckets,
      double seconds,
      @Nullable Instant lastPolled,
      @Nullable Boolean known,
      long initialEvents,
      long changeEvents,
      Map<ActionKey, Durations> actions,
      Map<String, Long> errors,
      int owing) {}

  synchronized View view() {
    long[] counted = new long[buckets.length];
    for (int i = 0; i < buckets.length; i++) {
      counted[i] = buckets[i];
    }
    return new View(
        polls.clone(),
        counted,
        seconds,
        lastPolled,
        known,
        initialEvents,
        changeEvents,
        actions,
        errors,
        owing);
  }
}
