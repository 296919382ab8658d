// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

/** Condition types of a TargetApp. */
public enum MonitorCondition {
  /** True while the state is known: the last poll gave one. */
  Ready,
  /** True while the state is not known and is asked for again by itself; else not there. */
  Reconciling,
  /** True while somebody must change something; else not there. */
  Stalled
}
