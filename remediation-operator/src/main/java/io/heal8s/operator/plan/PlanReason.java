// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.decide.Reason;

/** Why there is no plan, or a plan without changes. */
public enum PlanReason implements Reason {
  /** Stalled: the action cannot change an object of this kind. */
  UnsupportedTarget,
  /** Stalled: the target has no container of that name. */
  ContainerNotFound,
  /** Stalled: the target has several containers and none was named. */
  ContainerNotNamed,
  /** Stalled: a changed pod template would not reach the pods. */
  RolloutBlocked,
  /** Stalled: the container has no memory limit, and a first one would be a guess. */
  NoMemoryLimit,
  /** Stalled: several autoscalers scale the target. */
  AmbiguousAutoscaler,
  /** Stalled: somebody else would undo the change minutes later. */
  ManagedElsewhere,
  /** Stalled: no young revision with another image before it explains the crash. */
  NoImageToBlame,
  /** Stalled: no repository is known for the target. */
  NoRepository,
  /** Stalled: the policy does not allow the repository, branch or path. */
  RepositoryNotAllowed,
  /** Stalled: an autoscaler sets the replicas and would take another number back. */
  AutoscalerOwnsReplicas,
  /** Stalled: the action changes nothing that git could carry. */
  DirectOnly,
  /** Stalled: no pod fits the selector, or no selector is there. */
  NoPodsSelected,
  /** Stalled: nobody would replace a pod that was evicted. */
  PodNotControlled,
  /** Stalled: a free-form action has no ServiceAccount to run as. */
  NoServiceAccount,
  /** Stalled: the API server refuses the patch on trial, or it would write over our own mark. */
  PatchRefused,
  /** No change: the value is at its cap; Failed with this reason unless healthy in the window. */
  CapReached,
  /** No change: it is done already; Failed with this reason unless healthy in the window. */
  NothingToChange
}
