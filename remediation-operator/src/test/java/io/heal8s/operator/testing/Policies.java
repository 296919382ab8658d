// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.testing;

import com.google.gson.Gson;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.decide.policy.EffectivePolicy;

/** Policies as their JSON says them. */
public final class Policies {

  private Policies() {}

  /** The rules of one policy, everything else at its default. */
  public static EffectivePolicy of(String json) {
    return EffectivePolicy.of(new Gson().fromJson(json, RemediationPolicySpec.class), null);
  }
}
