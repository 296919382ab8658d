// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Duration;

/**
 * Times of a leader election.
 *
 * @param identity of this process, never used by another one, not even by this pod's next process
 * @param leaseDuration how long the others wait for a leader that says nothing
 * @param renewDeadline how long a leader may fail to renew before it gives up; shorter than the
 *     lease, so that it is gone before another one begins
 * @param retryPeriod pause between two tries
 */
public record LeaderSettings(
    String identity, Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {

  public LeaderSettings {
    if (leaseDuration.compareTo(renewDeadline) <= 0) {
      throw new IllegalArgumentException(
          "the lease duration ("
              + leaseDuration
              + ") must be longer than the renew deadline ("
              + renewDeadline
              + ")");
    }
    if (renewDeadline.compareTo(retryPeriod) <= 0) {
      throw new IllegalArgumentException(
          "the renew deadline ("
              + renewDeadline
              + ") must be longer than the retry period ("
              + retryPeriod
              + ")");
    }
    if (retryPeriod.isZero() || retryPeriod.isNegative()) {
      throw new IllegalArgumentException("the retry period must be positive, was " + retryPeriod);
    }
  }

  /** 15 s, 10 s and 2 s, as controller-runtime has them. */
  public static LeaderSettings of(String identity) {
    return new LeaderSettings(
        identity, Duration.ofSeconds(15), Duration.ofSeconds(10), Duration.ofSeconds(2));
  }
}
