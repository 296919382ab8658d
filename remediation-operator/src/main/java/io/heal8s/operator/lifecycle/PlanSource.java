// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.target.Known;

/** The planner as the lifecycle needs it: pure, the same request and reading give the same plan. */
@FunctionalInterface
public interface PlanSource {

  /** Makes a plan, or says what must be read first. */
  Planning plan(PlanRequest request, Known known);
}
