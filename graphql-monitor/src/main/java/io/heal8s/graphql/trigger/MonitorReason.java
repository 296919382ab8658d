// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import io.heal8s.core.decide.Reason;

/** Reasons in conditions of a TargetApp; part of the API. */
public enum MonitorReason implements Reason {
  /** Polls give whole states. */
  Monitoring,
  /** The endpoint tells a part of the state only; the rest counts as unchanged. */
  PartialState,
  /** Polls give whole states, but fewer are sent than wanted: the monitor allows no more. */
  RateLimited,
  /** A trigger of the spec cannot be judged. */
  TriggerInvalid,
  /** Every pod is asked, and there are more than can be watched. */
  TooManyPods,
  /** The object has no spec, as the original's definition allowed. */
  SpecMissing,
  /** A Remediation is pending that cannot be created; it is tried again. */
  RemediationNotCreated
}
