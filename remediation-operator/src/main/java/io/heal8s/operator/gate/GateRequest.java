// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.policy.EffectivePolicy;
import java.util.List;

/**
 * One that wants to act, and what it is judged by without reading anything.
 *
 * @param candidate who wants to act; its status names the target
 * @param others all others of the same target, ended ones included, oldest first
 * @param arriving those of the candidate's edge that have no target yet
 * @param policy rules of the target's namespace
 * @param site where this operator runs
 */
public record GateRequest(
    Standing candidate,
    List<Standing> others,
    List<Standing> arriving,
    EffectivePolicy policy,
    Site site) {

  public GateRequest {
    others = List.copyOf(others);
    arriving = List.copyOf(arriving);
  }

  Remediation remediation() {
    return candidate.remediation();
  }
}
