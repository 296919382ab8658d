// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.decide.Reason;

/** Why a plan may not act now; part of the API: reasons of the condition {@code Gated}. */
public enum GateReason implements Reason {
  /** The policy of the namespace cannot be used; its own status says why. */
  PolicyNotUsable(Kind.STALL),
  /** The object asks for something that this release does not do. */
  NotSupportedYet(Kind.STALL),
  /** The object holds a value that this release does not know. */
  UnsupportedValue(Kind.STALL),
  /** The policy does not allow this action. */
  ActionNotAllowed(Kind.STALL),
  /** The target is in another namespace and the cluster policy does not allow that. */
  CrossNamespaceNotAllowed(Kind.STALL),
  /** Somebody rejected it by annotation. */
  Rejected(Kind.FAIL),
  /** One of the same cause was refused a while ago. */
  RefusedBefore(Kind.FAIL),
  /** This cause was tried often enough. */
  GaveUp(Kind.FAIL),
  /** The same detector asked for another value later, and this one has done nothing yet. */
  NewerDecision(Kind.SUPERSEDE),
  /** An older one does the same to the same target. */
  Joined(Kind.WAIT),
  /** What was asked for is already done and the target is healthy. */
  HealedBy(Kind.SUPERSEDE),
  /** Another one holds the target. */
  TargetBusy(Kind.WAIT),
  /** The policy says dry run. */
  DryRun(Kind.WAIT),
  /** The same action acted on this target a moment ago. */
  Cooldown(Kind.WAIT),
  /** The last try of this cause ended badly a moment ago. */
  RetryAfter(Kind.WAIT),
  /** One that stands before it in the list of its detector has not had its turn. */
  NotItsTurn(Kind.WAIT),
  /** The workload belongs to a GitOps agent, Helm or another controller; direct mode only. */
  ManagedElsewhere(Kind.STALL),
  /** Approval is needed, and the policy that guards the annotation is not installed. */
  ApprovalNotGuarded(Kind.STALL),
  /** A person must approve the plan. */
  ApprovalRequired(Kind.ASK),
  /** As many effects as the budget allows lie in its window. */
  BudgetExhausted(Kind.WAIT);

  private final Kind kind;

  GateReason(Kind kind) {
    this.kind = kind;
  }

  /** What such a verdict means for the Remediation. */
  public Kind kind() {
    return kind;
  }

  /** What a verdict means. */
  public enum Kind {
    /** Somebody must change something; tried again when the object or the policy changes. */
    STALL,
    /** Something else must end first. */
    WAIT,
    /** A person is asked. */
    ASK,
    /** It ends without success. */
    FAIL,
    /** It ends well, without an effect of its own. */
    SUPERSEDE
  }
}
