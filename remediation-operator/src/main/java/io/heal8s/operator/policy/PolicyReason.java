// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.policy;

import io.heal8s.core.decide.Reason;

/** Reasons of the conditions of a RemediationPolicy. */
public enum PolicyReason implements Reason {
  /** Ready: the policy is honoured. */
  Honoured,
  /** Stalled: only the one named default is honoured. */
  NotDefault,
  /** Stalled: a field is set that this release does not support; nothing acts under the policy. */
  NotSupportedYet,
  /** Stalled: a value cannot be read; nothing acts under the policy. */
  InvalidValue,
  /** The status could not be written; tried again. */
  WriteFailed
}
