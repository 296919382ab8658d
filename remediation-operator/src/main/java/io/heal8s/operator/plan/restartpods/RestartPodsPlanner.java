// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.restartpods;

import io.heal8s.operator.intent.Action.RestartPods;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.PodChoice;
import io.heal8s.operator.plan.Timestamps;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.OwnerReference;
import io.heal8s.operator.target.Query.ListBySelector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans of RestartPods. */
public final class RestartPodsPlanner {

  private RestartPodsPlanner() {}

  /** Plans the eviction of every matching pod that is older than the Remediation. */
  public static Draft draft(PlanRequest request, RestartPods action, Known known) {
    Optional<ListBySelector> query = PodChoice.query(request.live(), action.podSelector());
    if (query.isEmpty()) {
      return Draft.refused(PlanReason.NoPodsSelected, "No pod selector specified");
    }
    if (!known.has(query.get())) {
      return new Draft.Needs(Set.of(query.get()));
    }
    List<LiveObject> pods = PodChoice.live(known.many(query.get()));
    if (pods.isEmpty()) {
      return Draft.refused(
          PlanReason.NoPodsSelected, "No pods found with selector: " + query.get().selector());
    }
    Optional<LiveObject> orphan =
        pods.stream().filter(pod -> OwnerReference.controllerOf(pod).isEmpty()).findFirst();
    if (orphan.isPresent()) {
      return Draft.refused(
          PlanReason.PodNotControlled,
          Workload.show(orphan.get())
              + " has no controller, so nobody would replace it; narrow podSelector, or put the pod"
              + " under a Deployment");
    }
    Instant asked = Timestamps.asked(request.remediation());
    if (pods.stream().noneMatch(pod -> PodRestart.isOld(pod, asked))) {
      return new Draft.Nothing(
          null,
          PlanReason.NothingToChange,
          "every pod with selector "
              + query.get().selector()
              + " was created after this was asked for at "
              + asked);
    }
    String which = "pods of " + request.live().namespace() + " with " + query.get().selector();
    return new Draft.Run(
        "--- "
            + which
            + " (live)\n+++ "
            + which
            + " (planned)\n-created before "
            + asked
            + "\n+evicted one after the other, each replaced by its controller and Ready before the"
            + " next; grace period "
            + action.gracePeriod()
            + " s\n",
        List.of("Each of these pods has a controller.", "Disruption budgets allow each eviction."),
        "a restart cannot be taken back");
  }
}
