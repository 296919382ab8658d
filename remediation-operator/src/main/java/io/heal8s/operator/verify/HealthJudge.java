// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.verify;

import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.operator.plan.WorkloadPods;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.Optional;
import java.util.Set;

/** Judges the health of a target; of an autoscaler, that of the workload it scales. */
public final class HealthJudge {

  private HealthJudge() {}

  /** How the target is, as far as it was read. */
  public static Health of(ResolvedTarget target, Known known) {
    Query.Get get =
        new Query.Get(target.apiVersion(), target.kind(), target.namespace(), target.name());
    if (!known.has(get)) {
      return new Health.NeedsReading(Set.of(get));
    }
    Optional<LiveObject> live = known.one(get);
    if (live.isEmpty()) {
      return new Health.Missing(told(get) + " does not exist");
    }
    return target.kind().equals("HorizontalPodAutoscaler")
        ? ofScaled(live.get(), known)
        : ofWorkload(live.get(), known);
  }

  private static Health ofScaled(LiveObject autoscaler, Known known) {
    Query.Get get =
        new Query.Get(
            autoscaler.text("spec.scaleTargetRef.apiVersion"),
            autoscaler.text("spec.scaleTargetRef.kind"),
            autoscaler.namespace(),
            autoscaler.text("spec.scaleTargetRef.name"));
    if (!known.has(get)) {
      return new Health.NeedsReading(Set.of(get));
    }
    return known
        .one(get)
        .map(live -> ofWorkload(live, known))
        .orElseGet(() -> new Health.Missing(told(get) + " does not exist"));
  }

  private static Health ofWorkload(LiveObject live, Known known) {
    // The conditions of a TargetApp tell of its watching, not of its pods.
    Optional<Health.Unhealthy> rollout =
        live.kind().equals("TargetApp") ? Optional.empty() : Rollout.problem(live);
    if (rollout.isPresent()) {
      return rollout.get();
    }
    Optional<Query.ListBySelector> query = WorkloadPods.query(live);
    if (query.isEmpty() || !rollsOut(live)) {
      return GenericHealth.of(live);
    }
    if (!known.has(query.get())) {
      return new Health.NeedsReading(Set.of(query.get()));
    }
    return PodHealth.of(WorkloadPods.of(live, known.many(query.get())).pods());
  }

  // Of another kind nobody knows which pods are its own, so its conditions must do.
  private static boolean rollsOut(LiveObject live) {
    return live.apiVersion().equals("apps/v1") || live.kind().equals("TargetApp");
  }

  private static String told(Query.Get get) {
    return get.kind() + " " + get.namespace() + "/" + get.name();
  }
}
