// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.policy;

/** Condition types of a RemediationPolicy. */
public enum PolicyCondition {
  /** The policy is honoured (kstatus). */
  Ready,
  /** A person must change something (kstatus); abnormal-true. */
  Stalled
}
