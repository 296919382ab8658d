// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.target.LiveObject;

/**
 * What a plan is made from.
 *
 * @param remediation what is asked
 * @param target the object that changes
 * @param live that object, freshly read
 * @param policy rules of its namespace
 * @param cluster name of the cluster
 */
public record PlanRequest(
    Remediation remediation,
    ResolvedTarget target,
    LiveObject live,
    EffectivePolicy policy,
    String cluster) {

  /** The same with another container chosen. */
  public PlanRequest withTarget(ResolvedTarget chosen) {
    return new PlanRequest(remediation, chosen, live, policy, cluster);
  }
}
