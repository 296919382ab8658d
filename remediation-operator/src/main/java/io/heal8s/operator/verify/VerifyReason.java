// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.verify;

import io.heal8s.core.decide.Reason;

/** What is missing for a workload to be healthy; reasons of the condition {@code Verified}. */
public enum VerifyReason implements Reason {
  /** The controller of the workload has not seen the last change, or has not replaced all pods. */
  RolloutIncomplete,
  /** The controller gave the rollout up (ProgressDeadlineExceeded). */
  RolloutFailed,
  /** A pod is not Ready. */
  PodsNotReady,
  /** No pod runs, so nothing proves that the change works. */
  NoPods,
  /** A container restarted after health began, or a pod lost and regained Ready. */
  HealthBroke,
  /** The object does not show the values that were applied. */
  ValuesChanged,
  /** Healthy; must hold a while longer. */
  HealthyFor,
  /** Healthy for long enough. */
  Healthy
}
