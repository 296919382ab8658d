// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.policy.EffectivePolicy;
import org.jspecify.annotations.Nullable;

/** The ServiceAccount of the target's namespace that a free-form action runs as. */
public sealed interface AccountChoice {

  /** There is one. */
  record Chosen(String name) implements AccountChoice {}

  /** There is none; the verdict has the lines to add. */
  record None(Verdict verdict) implements AccountChoice {}

  /** The account that the Remediation names, else the policy's. */
  static AccountChoice of(PlanRequest request) {
    return of(request.remediation(), request.policy());
  }

  /** The account that the Remediation names, else the policy's. */
  static AccountChoice of(Remediation remediation, EffectivePolicy policy) {
    @Nullable String own = remediation.spec().serviceAccountName();
    @Nullable String chosen = own == null ? policy.serviceAccountName() : own;
    if (chosen != null && !chosen.isBlank()) {
      return new Chosen(chosen);
    }
    String namespace = remediation.spec().target().namespace();
    return new None(
        new Verdict(
            PlanReason.NoServiceAccount,
            remediation.spec().action().type()
                + " runs as a ServiceAccount of namespace "
                + namespace
                + " and none is named; add to spec of RemediationPolicy "
                + namespace
                + "/default: serviceAccountName: <account>, and let the operator be it: "
                + bindingHint(namespace)));
  }

  /** The lines that let the operator act as an account. */
  static String bindingHint(String namespace) {
    return "kubectl create role heal8s-runner -n "
        + namespace
        + " --verb=impersonate --resource=serviceaccounts --resource-name=<account> && kubectl"
        + " create rolebinding heal8s-runner -n "
        + namespace
        + " --role=heal8s-runner --serviceaccount=<namespace of heal8s>:heal8s-operator";
  }
}
