// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

/** Summary of a Remediation for people; the conditions are the truth. */
public enum Phase {
  Pending,
  Analyzing,
  AwaitingApproval,
  PRCreated,
  Applying,
  Verifying,
  Succeeded,
  Failed,
  Expired,
  RolledBack,
  Superseded;

  /** Whether nothing more will happen to a Remediation in this phase. */
  public boolean isEnd() {
    return switch (this) {
      case Succeeded, Failed, Expired, RolledBack, Superseded -> true;
      case Pending, Analyzing, AwaitingApproval, PRCreated, Applying, Verifying -> false;
    };
  }
}
