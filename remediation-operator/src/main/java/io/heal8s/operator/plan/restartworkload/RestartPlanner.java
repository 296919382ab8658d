// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.restartworkload;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Timestamps;
import io.heal8s.operator.plan.Workload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Plans of RestartWorkload. */
public final class RestartPlanner {

  private static final String RESTARTED_AT =
      ".metadata.annotations[\"kubectl.kubernetes.io/restartedAt\"]";

  private RestartPlanner() {}

  /** Plans one restart, unless one happened after it was asked for. */
  public static Draft draft(PlanRequest request) {
    Optional<Workload> workload =
        Workload.of(request.live()).filter(one -> !one.live().kind().equals("CronJob"));
    if (workload.isEmpty()) {
      return Draft.refused(
          PlanReason.UnsupportedTarget,
          "RestartWorkload cannot restart "
              + Workload.show(request.live())
              + "; it restarts Deployments, StatefulSets and DaemonSets");
    }
    Optional<String> blocked = workload.get().rolloutBlocked();
    if (blocked.isPresent()) {
      return Draft.refused(PlanReason.RolloutBlocked, blocked.get());
    }
    Instant asked = Timestamps.asked(request.remediation()).truncatedTo(ChronoUnit.SECONDS);
    String path = workload.get().template() + RESTARTED_AT;
    String current = request.live().text(path);
    Optional<Instant> restarted = Timestamps.at(request.live(), path);
    if (restarted.isPresent() && !restarted.get().isBefore(asked)) {
      return new Draft.Nothing(
          null,
          PlanReason.NothingToChange,
          workload.get().show()
              + " was restarted at "
              + current
              + ", not before this was asked for at "
              + asked);
    }
    return new Draft.Changes(
        null,
        List.of(
            Change.of(
                path, current.isEmpty() ? null : current, asked.toString(), ValueType.string)),
        List.of(workload.get().show() + " was not restarted since " + asked + "."),
        "a restart cannot be taken back");
  }
}
