// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.decide.policy.EffectivePolicy;

/** The rules in force. Reading them costs no call. */
@FunctionalInterface
public interface PolicySource {

  /** The rules of a namespace now. */
  InForce of(String namespace);

  /**
   * Rules and which ones they are.
   *
   * @param policy the rules
   * @param version differs whenever the policies that they were made from differ
   */
  record InForce(EffectivePolicy policy, String version) {}
}
