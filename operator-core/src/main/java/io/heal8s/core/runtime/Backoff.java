// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a key that keeps failing waits: a uniform draw between {@link #BASE} and a window that
 * doubles with every failure up to {@link #CAP} (exponential backoff with full jitter above a
 * floor, so that a thousand keys that failed together do not come back together).
 *
 * <p>Guaranteed for every number of failures, also after ten thousand or {@link Integer#MAX_VALUE}:
 *
 * <ul>
 *   <li>{@code BASE <= wait <= window(failures) <= CAP};
 *   <li>the window never shrinks, and from the ninth failure on it is {@code CAP};
 *   <li>for the same draw a later failure never waits shorter than an earlier one, so neither the
 *       shortest, the mean nor the longest wait ever falls while a key keeps failing.
 * </ul>
 */
public final class Backoff {

  /** The shortest wait. */
  public static final Duration BASE = Duration.ofSeconds(1);

  /** The longest wait. */
  public static final Duration CAP = Duration.ofMinutes(5);

  // 1 s << 9 = 512 s is beyond the cap; a larger shift would only risk to wrap.
  private static final int LARGEST_SHIFT = 9;

  private final RandomGenerator random;

  /**
   * @param random source of the draws
   */
  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A wait after that many failures in a row.
   *
   * @param failures at least 1
   */
  public Duration wait(int failures) {
    long spread = window(failures).minus(BASE).toNanos();
    return BASE.plusNanos((long) (random.nextDouble() * spread));
  }

  /**
   * The longest wait after that many failures in a row: {@code min(CAP, BASE * 2^failures)}.
   *
   * @param failures at least 1
   */
  public static Duration window(int failures) {
    if (failures < 1) {
      throw new IllegalArgumentException("failures must be at least 1, was " + failures);
    }
    Duration window = BASE.multipliedBy(1L << Math.min(failures, LARGEST_SHIFT));
    return window.compareTo(CAP) < 0 ? window : CAP;
  }
}
