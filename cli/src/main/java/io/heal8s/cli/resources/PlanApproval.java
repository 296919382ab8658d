// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.resources;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows the plan of a resource that waits for a person, and approves it. Who approves names the
 * plan, so that one that came meanwhile is not approved by somebody who has not seen it.
 */
final class PlanApproval {

  private final Controller controller;
  private final PrintWriter out;

  PlanApproval(Controller controller, PrintWriter out) {
    this.controller = controller;
    this.out = out;
  }

  /**
   * Shows the plan of the resource at a path.
   *
   * @param named the resource as the user says it
   * @param plan id of the plan to approve; null for none
   * @return the exit code
   * @throws IllegalArgumentException if none waits, or another one
   */
  int approve(String path, String named, @Nullable String plan)
      throws IOException, InterruptedException, Controller.RefusedException {
    Map<?, ?> waiting = waiting(controller.call("GET", path, null), named);
    String id = String.valueOf(waiting.get("id"));
    out.println("plan " + id + " of generation " + waiting.get("generation"));
    out.println(waiting.get("output"));
    if (plan == null) {
      out.println("to approve it: heal8s resources approve " + named + " --plan " + id);
      return 0;
    }
    if (!plan.equals(id)) {
      throw new IllegalArgumentException(
          "plan %s does not wait for approval; %s does, which is shown".formatted(plan, id));
    }
    controller.call("POST", path + "/approve", Json.of(Map.of("plan_id", plan)));
    out.println("approved plan " + id);
    return 0;
  }

  private static Map<?, ?> waiting(@Nullable Object resource, String named) {
    if (resource instanceof Map<?, ?> map && map.get("pending_plan") instanceof Map<?, ?> plan) {
      return plan;
    }
    throw new IllegalArgumentException("no plan of " + named + " waits for approval");
  }
}
