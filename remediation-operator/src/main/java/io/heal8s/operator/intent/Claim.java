// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.policy.EffectivePolicy.Budget;

/**
 * A claim on the budgets of a namespace and of the cluster.
 *
 * @param namespace namespace of the target
 * @param budget what may be used up
 * @param via how it will act: a direct effect begins now, a proposal when somebody merges it
 */
public record Claim(String namespace, Budget budget, Mode via) {}
