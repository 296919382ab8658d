// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

/**
 * How many requests one app may be sent: a token bucket that starts full. Every request counts,
 * repeated ones and those to several pods too, so that it binds where it matters. Used by one
 * thread at a time.
 */
final class RequestBudget {

  private static final int LEAST_BURST = 10;
  private static final int BURST_SHARE = 6;

  private final double perNano;
  private final double capacity;
  private double tokens;
  private long at;

  /**
   * @param perMinute requests per minute, at least 1; the burst is a sixth of it, at least 10
   * @param now monotonic nanoseconds
   */
  RequestBudget(int perMinute, long now) {
    this.perNano = perMinute / 60e9;
    this.capacity = Math.max(LEAST_BURST, perMinute / BURST_SHARE);
    this.tokens = capacity;
    this.at = now;
  }

  /** Most requests at once. */
  int largest() {
    return (int) capacity;
  }

  /** Takes requests out of the budget, all of them or none; false if it does not hold so many. */
  boolean take(int requests, long now) {
    tokens = Math.min(capacity, tokens + (now - at) * perNano);
    at = now;
    if (tokens < requests) {
      return false;
    }
    tokens -= requests;
    return true;
  }
}
