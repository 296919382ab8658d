// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition.Status;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;

/**
 * The conditions that generic tools read (kstatus): exactly one of "in progress" (Reconciling),
 * "failed" (Stalled) and "current" (Ready) is True.
 */
final class Kstatus {

  private Kstatus() {}

  static void write(
      StatusDraft draft, Phase phase, boolean stalled, String reason, String message) {
    boolean good = phase == Phase.Succeeded || phase == Phase.Superseded;
    boolean bad = phase.isEnd() && !good;
    boolean stopped = bad || stalled;
    draft.condition(ConditionType.Ready, good ? Status.True : Status.False, reason, message);
    draft.condition(
        ConditionType.Reconciling,
        phase.isEnd() || stopped ? Status.False : Status.True,
        reason,
        phase.isEnd() || stopped ? "" : message);
    draft.condition(
        ConditionType.Stalled,
        stopped ? Status.True : Status.False,
        reason,
        stopped ? message : "");
    if (phase == Phase.Failed) {
      draft.condition(
          ConditionType.Failed, Status.True, LifecycleReason.RemediationFailed.name(), message);
    }
  }
}
