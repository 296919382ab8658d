// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.operator.gate.Standing;

/** Where a Remediation stands, so that each stage has one class that knows what comes next. */
enum Stage {
  /** Planned, not let through. */
  AT_THE_GATE,
  /** Let through in git mode, or its pull request was found; pr service and people come next. */
  PROPOSED,
  /** Merged, not live. */
  SYNCING,
  /** Live, or nothing to change. */
  VERIFYING,
  /** A direct change or its undo is recorded. */
  ACTING,
  /** A revert pull request was asked for. */
  REVERTING,
  /** Nothing more happens, or nothing may: being deleted, not planned. */
  OVER;

  static Stage of(Standing standing) {
    RemediationStatus status = standing.status();
    if (standing.ended() || standing.vanishing() || status.plan() == null) {
      return OVER;
    }
    if (status.intent() != null) {
      return ACTING;
    }
    if (status.revert() != null) {
      return REVERTING;
    }
    if (status.verification() != null) {
      return VERIFYING;
    }
    if (status.applied() != null) {
      return SYNCING;
    }
    // What the pr service found is followed to its end, whatever the gate said meanwhile.
    return standing.gated() || Proposals.known(status) ? PROPOSED : AT_THE_GATE;
  }
}
