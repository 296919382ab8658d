// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.fakecluster;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.intent.EffectKind;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.plan.dispatch.ActionPlanning;
import io.heal8s.operator.plan.patchresource.PatchTarget;
import io.heal8s.operator.target.Resolution;
import io.heal8s.operator.target.TargetResolution;
import java.util.Set;

/** From a Remediation to its plan on a fake cluster, as the operator goes. */
public final class Ask {

  /** Name of the cluster in every plan of the tests. */
  public static final String CLUSTER = "test";

  private Ask() {}

  /** The object that must change. */
  public static Resolution resolve(FakeCluster cluster, Remediation remediation) {
    return cluster.settle(
        known ->
            EffectKind.of(remediation.spec().action().type()) == EffectKind.PATCH
                ? PatchTarget.resolve(remediation, EffectivePolicy.DEFAULT, known)
                : TargetResolution.resolve(remediation, known),
        answer -> answer instanceof Resolution.NeedsReading(var queries) ? queries : Set.of());
  }

  /** The plan; the target must be resolvable. */
  public static Planning plan(
      FakeCluster cluster, Remediation remediation, EffectivePolicy policy) {
    return switch (resolve(cluster, remediation)) {
      case Resolution.Resolved resolved -> plan(cluster, remediation, policy, resolved);
      case Resolution.Unresolvable(var verdict) -> throw new AssertionError(verdict.message());
      case Resolution.NeedsReading needs -> throw new AssertionError(needs.toString());
    };
  }

  /** The plan for a resolved target. */
  public static Planning plan(
      FakeCluster cluster,
      Remediation remediation,
      EffectivePolicy policy,
      Resolution.Resolved resolved) {
    PlanRequest request =
        new PlanRequest(remediation, resolved.target(), resolved.live(), policy, CLUSTER);
    return cluster.settle(
        known -> ActionPlanning.plan(request, known),
        answer -> answer instanceof Planning.NeedsReading(var queries) ? queries : Set.of());
  }
}
