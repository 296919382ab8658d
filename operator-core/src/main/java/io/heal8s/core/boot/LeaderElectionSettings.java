// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import io.heal8s.core.runtime.LeaderSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether and how the replicas of a service elect a leader, prefix {@code heal8s.leader-election}.
 *
 * @param enabled whether they do; without, every process works
 * @param leaseName name of the Lease; needed if enabled
 * @param leaseNamespace namespace of the Lease; null means the suite's own
 * @param leaseDuration how long the others wait for a leader that says nothing
 * @param renewDeadline how long a leader may fail to renew before its process ends; shorter than
 *     the lease duration
 * @param retryPeriod pause between two tries; shorter than the renew deadline
 */
@ConfigurationProperties("heal8s.leader-election")
public record LeaderElectionSettings(
    @DefaultValue("false") boolean enabled,
    @Nullable String leaseName,
    @Nullable String leaseNamespace,
    @DefaultValue("15s") Duration leaseDuration,
    @DefaultValue("10s") Duration renewDeadline,
    @DefaultValue("2s") Duration retryPeriod) {

  public LeaderElectionSettings {
    if (enabled && (leaseName == null || leaseName.isBlank())) {
      throw new IllegalArgumentException(
          "heal8s.leader-election.lease-name must be set when heal8s.leader-election.enabled is"
              + " true");
    }
    if (leaseDuration.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "heal8s.leader-election.lease-duration must be at least 1s, was " + leaseDuration);
    }
    try {
      times("-", leaseDuration, renewDeadline, retryPeriod);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("heal8s.leader-election: " + wrong.getMessage(), wrong);
    }
  }

  LeaderSettings times(String identity) {
    return times(identity, leaseDuration, renewDeadline, retryPeriod);
  }

  private static LeaderSettings times(
      String identity, Duration lease, Duration deadline, Duration retry) {
    return new LeaderSettings(identity, lease, deadline, retry);
  }
}
