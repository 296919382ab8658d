// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.inbound;

import java.time.Duration;

/**
 * How much of a request's body is read at most.
 *
 * @param maxBytes bytes, 1 to 1 GiB: the body is held in memory
 * @param maxTime time from the first to the last byte, so that a caller who sends one byte now and
 *     then does not hold a thread
 */
public record BodyLimit(int maxBytes, Duration maxTime) {
  private static final int MOST = 1 << 30;

  /** Checks the ranges. */
  public BodyLimit {
    if (maxBytes < 1 || maxBytes > MOST) {
      throw new IllegalArgumentException(
          "the largest body must be between 1 byte and 1 GiB, not " + maxBytes + " bytes");
    }
    if (maxTime.isNegative() || maxTime.isZero()) {
      throw new IllegalArgumentException(
          "the time to read a body must be positive, not " + maxTime);
    }
  }

  /**
   * A limit with the usual time of ten seconds.
   *
   * @param maxBytes bytes, 1 to 1 GiB
   * @return the limit
   * @throws IllegalArgumentException if out of range
   */
  public static BodyLimit ofBytes(long maxBytes) {
    return new BodyLimit((int) Math.clamp(maxBytes, 0, Integer.MAX_VALUE), Duration.ofSeconds(10));
  }
}
