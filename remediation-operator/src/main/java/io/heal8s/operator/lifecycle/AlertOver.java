// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec.OnResolved;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import io.heal8s.operator.gate.Standing;
import java.util.Optional;

/**
 * One in git mode whose alert resolved before its first merge, where the policy says {@code
 * onResolved: close}: it ends, and the pr service closes what it had proposed. It does not end
 * while another one waits for it whose own alert still fires. What people are asked to approve
 * directly is no pull request and stays.
 */
final class AlertOver {

  private AlertOver() {}

  /** The end; empty where nothing says that it should. */
  static Optional<Step> end(Turn turn) {
    boolean closes =
        turn.policy().onResolved() == OnResolved.close
            && turn.remediation().spec().strategy().mode() != Strategy.Mode.Direct
            && resolved(turn.self());
    if (!closes || turn.others().stream().anyMatch(other -> stillWaits(turn, other))) {
      return Optional.empty();
    }
    return Optional.of(
        Step.be(
            turn.draft()
                .end(
                    Phase.Superseded,
                    LifecycleReason.AlertResolved.name(),
                    "its alert resolved before anything was merged"),
            null));
  }

  private static boolean stillWaits(Turn turn, Standing other) {
    return !other.ended() && !other.vanishing() && !resolved(other) && turn.joinedBy(other);
  }

  private static boolean resolved(Standing standing) {
    return standing.status().isTrue(ConditionType.AlertResolved);
  }
}
