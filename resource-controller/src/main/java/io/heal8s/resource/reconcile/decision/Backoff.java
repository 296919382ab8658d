// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import java.time.Duration;

/**
 * How long a resource that keeps failing waits: base, twice that, four times … up to the largest,
 * each longer or shorter by at most the jitter's share.
 *
 * @param base after the first failure, longer than zero
 * @param max the longest, before jitter; at least base
 * @param jitter 0 to 1
 */
public record Backoff(Duration base, Duration max, double jitter) {

  /** 1, 2, 4 … 1024 minutes, ± 10 %. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(1024), 0.1);

  private static final int LARGEST_SHIFT = 30;

  public Backoff {
    if (base.isNegative() || base.isZero() || max.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "base must be longer than zero and max at least base, were " + base + " and " + max);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be from 0 to 1, was " + jitter);
    }
  }

  /**
   * The wait.
   *
   * @param failures in a row, at least 1
   * @param draw uniform, from 0 up to but not 1
   */
  public Duration after(int failures, double draw) {
    int shift = Math.min(Math.max(failures, 1) - 1, LARGEST_SHIFT);
    double millis = Math.min(Math.scalb((double) base.toMillis(), shift), (double) max.toMillis());
    double spread = 1 + jitter * (2 * draw - 1);
    return Duration.ofMillis(Math.max(1, Math.round(millis * spread)));
  }
}
