// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.decide.Reason;

/** Why a run ends without being done, where no {@code PullRequestReason} says it. */
public enum WaitReason implements Reason {
  /** The pull request waits for people. */
  AwaitingReview,
  /** An intent was recorded; it is executed by the next run. */
  IntentRecorded,
  /** The forge shows no pull request, and one that was asked for may come late. */
  MayComeLate
}
