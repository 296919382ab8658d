// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.target.Query;
import java.util.Set;

/** How far the making of a plan has come. */
public sealed interface Planning {

  /**
   * A plan with at least one change.
   *
   * @param target the target, with the container that was chosen
   */
  record Planned(ResolvedTarget target, Plan plan) implements Planning {}

  /**
   * A plan without changes: the values are already there, or at their cap.
   *
   * @param reason how it ends if the target is not healthy after the window: CapReached or
   *     NothingToChange
   */
  record NothingToDo(ResolvedTarget target, Plan plan, Reason reason, String message)
      implements Planning {}

  /** Cannot be planned until somebody changes something. */
  record CannotPlan(Verdict verdict) implements Planning {}

  /** These must be read first; asked again with the answers added. */
  record NeedsReading(Set<Query> queries) implements Planning {}
}
