// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.decide.QuantityText;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.intent.Cap;

/** The caps of the policy, over those of the action. */
public final class PolicyCap {

  private PolicyCap() {}

  /**
   * The lower of the action's cap and the policy's.
   *
   * @param name name of the cap in the policy, the same as the action's parameter
   */
  public static Cap lower(Cap own, EffectivePolicy policy, String name) {
    String text = policy.caps().get(name);
    return QuantityText.parse(text)
        .map(value -> new Cap(value, String.valueOf(text), "spec.caps." + name + " of the policy"))
        .map(own::lower)
        .orElse(own);
  }
}
