// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.rollbackimage;

import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.Action.RollbackImage;
import io.heal8s.operator.plan.ContainerChoice;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Timestamps;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.plan.WorkloadPods;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.target.Query.ListBySelector;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans of RollbackImage: gathers the facts and asks {@link Blame} for its judgement. */
public final class RollbackPlanner {

  private RollbackPlanner() {}

  /** Plans the way back, only where a young image explains the crash. */
  public static Draft draft(PlanRequest request, RollbackImage action, Known known) {
    LiveObject live = request.live();
    Optional<Workload> workload = Workload.of(live);
    Optional<ListBySelector> revisions = History.query(live);
    Optional<ListBySelector> pods = WorkloadPods.query(live);
    if (workload.isEmpty() || revisions.isEmpty() || pods.isEmpty()) {
      return Draft.refused(
          PlanReason.UnsupportedTarget,
          "RollbackImage cannot change "
              + Workload.show(live)
              + "; it changes Deployments, StatefulSets and DaemonSets");
    }
    Optional<String> blocked = workload.get().rolloutBlocked();
    if (blocked.isPresent()) {
      return Draft.refused(PlanReason.RolloutBlocked, blocked.get());
    }
    String named = request.target().container();
    if (named != null
        && ContainerChoice.of(workload.get(), named)
            instanceof ContainerChoice.NotChosen(Verdict verdict)) {
      return new Draft.Refused(verdict);
    }
    Set<Query> missing = new LinkedHashSet<>();
    for (Query query : List.of(revisions.get(), pods.get())) {
      if (!known.has(query)) {
        missing.add(query);
      }
    }
    if (!missing.isEmpty()) {
      return new Draft.Needs(missing);
    }
    return new Blame(
            request,
            workload.get(),
            History.of(live, known.many(revisions.get())),
            WorkloadPods.of(live, known.many(pods.get())),
            action.maxRevisions())
        .draft();
  }

  /** When the crash was reported: the alert's start, else when the repair was asked for. */
  static Instant reported(PlanRequest request) {
    Alert alert = request.remediation().spec().alert();
    return alert == null || alert.startsAt() == null
        ? Timestamps.asked(request.remediation())
        : alert.startsAt().toInstant();
  }
}
