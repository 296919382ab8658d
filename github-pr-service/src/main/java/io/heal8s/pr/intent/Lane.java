// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;

/** Which of a Remediation's two pull requests is meant; each has its own branch, marker, status. */
public enum Lane {
  /** The pull request of the plan. */
  CHANGE(ConditionType.PullRequestOpen, ConditionType.PullRequestMerged),
  /** The pull request that takes a merged change back. */
  REVERT(ConditionType.RevertOpen, ConditionType.RevertMerged);

  private final ConditionType open;
  private final ConditionType merged;

  Lane(ConditionType open, ConditionType merged) {
    this.open = open;
    this.merged = merged;
  }

  /** The condition that is True while the pull request is open. */
  public ConditionType open() {
    return open;
  }

  /** The condition that is True once the pull request was merged. */
  public ConditionType merged() {
    return merged;
  }

  /** The word that stands for the lane in markers and metric labels. */
  public String word() {
    return switch (this) {
      case CHANGE -> "change";
      case REVERT -> "revert";
    };
  }
}
