// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import io.heal8s.core.decide.Reason;

/** Why the object that must change cannot be found; all are reasons of the Stalled condition. */
public enum TargetReason implements Reason {
  /** A part of spec.target can be the name of nothing. */
  InvalidTarget,
  /** The named object, or the one that it leads to, does not exist. */
  TargetNotFound,
  /** The pod is gone and its name leads to no workload that exists. */
  PodGone,
  /** An autoscaler scales something that heal8s cannot change. */
  UnsupportedTarget,
  /** Controllers own each other in a circle. */
  OwnerLoop
}
