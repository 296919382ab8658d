// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * How many requests one app may be sent: a token bucket that starts full. Every request counts,
 * repeated ones and those to several pods too, so that it binds where it matters. Used by one
 * thread at a time.
 *
 * <p>Requests of one poll are taken together, however many: to each pod it is one. What they are
 * more than the bucket holds is owed, so that in the long run no more is sent than the limit says,
 * and an app of many pods is asked less often but never given up.
 */
final class RequestBudget {

  private static final int LEAST_BURST = 10;
  private static final int BURST_SHARE = 6;

  private final int perMinute;
  private final double perNano;
  private final double capacity;
  private double tokens;
  private long at;

  /**
   * @param perMinute requests per minute, at least 1; the burst is a sixth of it, at least 10
   * @param now monotonic nanoseconds
   */
  RequestBudget(int perMinute, long now) {
    this.perMinute = perMinute;
    this.perNano = perMinute / 60e9;
    this.capacity = Math.max(LEAST_BURST, perMinute / BURST_SHARE);
    this.tokens = capacity;
    this.at = now;
  }

  /** Most requests at once. */
  int burst() {
    return (int) capacity;
  }

  /**
   * Takes requests out of the budget, all of them or none; false if it does not hold so many, or is
   * not full where they are more than it ever holds.
   */
  boolean take(int requests, long now) {
    refill(now);
    if (tokens < needed(requests)) {
      return false;
    }
    tokens -= requests;
    return true;
  }

  /**
   * When it holds so many if nothing is taken until then.
   *
   * @return monotonic nanoseconds, not before now
   */
  long holds(int requests, long now) {
    refill(now);
    double missing = needed(requests) - tokens;
    return missing <= 0 ? now : now + (long) Math.ceil(missing / perNano) + 1;
  }

  /**
   * What people are told of polls that are more than the limit allows.
   *
   * @param requests of one poll
   * @param interval from one poll to the next, as the app wants it
   * @return a sentence; empty where every poll fits
   */
  String slowed(int requests, Duration interval) {
    Duration least = Duration.ofNanos((long) (requests / perNano));
    return least.compareTo(interval) <= 0
        ? ""
        : "polled every %s s instead of every %s s: a poll is %d requests, of %d in a minute that one app may be sent (requests-per-minute)"
            .formatted(seconds(least), seconds(interval), requests, perMinute);
  }

  private static String seconds(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3)
        .setScale(1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }

  private double needed(int requests) {
    return Math.min(requests, capacity);
  }

  private void refill(long now) {
    tokens = Math.min(capacity, tokens + (now - at) * perNano);
    at = now;
  }
}
