// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.member;

import java.time.Duration;

/**
 * Times of the members' Leases.
 *
 * @param identity of this process, also the end of its Lease's name
 * @param namespace namespace of the Leases
 * @param lease how long a member that says nothing is believed to live
 * @param renew pause between two renewals; shorter than a third of the lease
 */
public record MemberSettings(String identity, String namespace, Duration lease, Duration renew) {

  /** Begin of every Lease's name. */
  public static final String PREFIX = "graphql-monitor-";

  /** Label of every Lease, by which members find each other. */
  public static final String LABEL = "heal8s.io/member-of";

  /** Value of the label. */
  public static final String LABEL_VALUE = "graphql-monitor";

  public MemberSettings {
    if (renew.multipliedBy(3).compareTo(lease) > 0) {
      throw new IllegalArgumentException(
          "the renew period of a member's lease, "
              + renew
              + ", must be at most a third of "
              + lease);
    }
  }

  /** Name of this member's Lease. */
  String leaseName() {
    return PREFIX + identity.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
  }

  /** Longest time that one call may take, so that one that hangs leaves time for another. */
  public Duration attempt() {
    return lease.dividedBy(3);
  }

  /** How long after a successful renewal this process may still act. */
  Duration ownTerm() {
    return lease.minus(lease.dividedBy(10));
  }
}
