// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

/**
 * The condition types of a Remediation, each with one writer. Unless noted, True is the good state.
 */
public enum ConditionType {
  /** Operator: the object was seen. */
  AlertReceived,
  /** Operator: target resolved and a first plan written. */
  Planned,
  /** Operator: the policy lets the plan act. */
  Gated,
  /** Operator: the change is live on the target. */
  Applied,
  /** Operator: the target was seen healthy long enough. */
  Verified,
  /** Operator: ended well (kstatus). */
  Ready,
  /** Operator: work goes on (kstatus); abnormal-true. */
  Reconciling,
  /** Operator: waits for a person (kstatus); abnormal-true. */
  Stalled,
  /** Operator: ended badly, as the first release wrote it; abnormal-true. */
  Failed,
  /** Gateway: the alert resolved; neutral. */
  AlertResolved,
  /** Pr service: the pull request is open; neutral. */
  PullRequestOpen,
  /** Pr service: the pull request was merged. False with reason Refused when closed by a person. */
  PullRequestMerged,
  /** Pr service: the revert pull request is open; neutral. */
  RevertOpen,
  /** Pr service: the revert pull request was merged. */
  RevertMerged
}
