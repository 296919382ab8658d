// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.operator.gate.GateReason;

/**
 * The phase of a Remediation that has not ended, read off its conditions and fields:
 *
 * <pre>
 * undo recorded, or revert asked for              Applying
 * live (or nothing to change), being verified     Verifying
 * direct change recorded, or merge seen           Applying
 * Gated=True and PullRequestOpen=True             PRCreated
 * Gated=False/ApprovalRequired                    AwaitingApproval
 * Planned=Unknown (being read)                    Analyzing
 * otherwise                                       Pending, status.reason says why
 * </pre>
 */
final class PhaseRule {

  private PhaseRule() {}

  static Phase of(RemediationStatus status) {
    RecordedIntent intent = status.intent();
    if (status.revert() != null || (intent != null && intent.type() == RecordedIntent.Type.Undo)) {
      return Phase.Applying;
    }
    if (status.verification() != null) {
      return Phase.Verifying;
    }
    if (intent != null || status.applied() != null) {
      return Phase.Applying;
    }
    Condition gated = status.condition(ConditionType.Gated);
    if (gated != null && gated.status() == Condition.Status.True) {
      return status.isTrue(ConditionType.PullRequestOpen) ? Phase.PRCreated : Phase.Pending;
    }
    if (gated != null && gated.reason().equals(GateReason.ApprovalRequired.name())) {
      return Phase.AwaitingApproval;
    }
    Condition planned = status.condition(ConditionType.Planned);
    boolean reading = planned != null && planned.status() == Condition.Status.Unknown;
    return reading ? Phase.Analyzing : Phase.Pending;
  }
}
