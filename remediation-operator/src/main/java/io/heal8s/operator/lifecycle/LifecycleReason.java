// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.decide.Reason;

/**
 * Why a Remediation is in its phase; part of the API. The gate, the planner, the verification and
 * the pr service add theirs.
 */
public enum LifecycleReason implements Reason {
  // Conditions that say that something was done.
  /** AlertReceived: the object was seen. */
  AlertReceived,
  /** Planned: target resolved and a plan written. */
  Planned,
  /** Planned: the API server could not be read; tried again. */
  ReadFailed,
  /** Applied: the change is live. */
  RemediationApplied,
  /** Failed: it ended badly, as the first release wrote it. */
  RemediationFailed,
  /** Gated: nothing to change, health is verified without an effect. */
  NothingToDo,
  /** Gated: it had waited, and meanwhile nothing is left to change. */
  NothingLeftToDo,

  // On the way.
  /** The gate let it through; the pull request comes next. */
  ReadyToAct,
  /** The pull request waits for people. */
  PullRequestOpen,
  /** The pull request was merged; waits until the target shows it. */
  Merged,
  /** The base branch already holds the plan; waits until the target shows it. */
  NotYetSynced,
  /** The direct change is recorded and comes next. */
  ApplyRecorded,
  /** Pods are replaced one after the other. */
  RestartingPods,
  /** A disruption budget does not allow the next eviction yet. */
  DisruptionBudget,
  /** The other side did not take the call; it is called again. */
  CallFailed,
  /** The command was begun; if we were stopped now, nobody would know its result. */
  CommandStarted,
  /** The change is live; health is being verified. */
  Verifying,
  /** The change did not help and is being taken back. */
  Undoing,

  // Waits for a person.
  /** The target does not exist. */
  TargetNotFound,
  /** Merged, but the target does not show it in time. */
  MergedNotApplied,
  /** The target holds neither the old nor the new value: somebody else changed it. */
  ChangedSince,
  /** The API server refused the change for good. */
  ApplyRefused,
  /** The revert pull request is neither merged nor closed. */
  RevertNotMerged,

  // Ends.
  /** Succeeded: seen healthy for long enough. */
  Healthy,
  /** Succeeded: the other side said that it took the call. */
  Delivered,
  /** Failed: the other side refused the call, or did not take it in time. */
  NotDelivered,
  /** Succeeded: the command ended with 0. */
  CommandSucceeded,
  /** Failed: the command ended with another code, or did not end in time. */
  CommandFailed,
  /** Succeeded: the API server took the patch. */
  Patched,
  /** Failed: the operator was stopped while the command ran; it is not run a second time. */
  ResultUnknown,
  /**
   * Failed: the action was edited while it was being carried out, and cannot be ended as it was.
   */
  ActionEdited,
  /** Failed: the pods were not replaced in time. */
  PodsNotReplaced,
  /** Failed: not healthy in the window, and the change cannot be taken back. */
  NotHealthy,
  /** Failed: the pull request was merged without the plan's values. */
  MergedWithoutChange,
  /** Failed: a person closed the pull request. */
  Refused,
  /** Failed: a person closed the revert pull request. */
  RevertRefused,
  /** Failed: the revert was merged, but the target does not show it. */
  RevertNotApplied,
  /** Failed: the target was deleted or replaced after the effect. */
  TargetGone,
  /** Expired: its time to live ran out before its first effect. */
  TtlExceeded,
  /** Superseded: its alert resolved before its first merge, and the policy says to close. */
  AlertResolved,

  // Outcomes of a run.
  /** Comes back when something is due. */
  Scheduled,
  /** A write was refused because the object moved; read again. */
  Conflict
}
