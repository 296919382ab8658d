// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.scaleto;

import com.google.gson.JsonElement;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.operator.intent.Action.ScaleTo;
import io.heal8s.operator.plan.Autoscalers;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans of ScaleTo. */
public final class ScaleToPlanner {

  private static final String REPLICAS = "spec.replicas";
  private static final Set<String> SCALABLE = Set.of("apps/v1/Deployment", "apps/v1/StatefulSet");

  private ScaleToPlanner() {}

  /**
   * Plans exactly that number. It may be lower than now: a number was asked for, not a raise. An
   * autoscaler rests while the number is 0, so only 0 holds beside one.
   */
  public static Draft draft(PlanRequest request, ScaleTo action, Known known) {
    LiveObject live = request.live();
    if (!SCALABLE.contains(live.apiVersion() + "/" + live.kind())) {
      return Draft.refused(
          PlanReason.UnsupportedTarget,
          "ScaleTo cannot change "
              + Workload.show(live)
              + "; it changes Deployments and StatefulSets");
    }
    if (action.replicas() > 0) {
      if (!known.has(Autoscalers.query(live))) {
        return new Draft.Needs(Set.of(Autoscalers.query(live)));
      }
      List<LiveObject> owners = Autoscalers.of(live, known);
      if (!owners.isEmpty()) {
        return Draft.refused(
            PlanReason.AutoscalerOwnsReplicas,
            "HorizontalPodAutoscaler "
                + owners.getFirst().name()
                + " sets the replicas of "
                + Workload.show(live)
                + " and would take another number back; raise its bounds with ScaleUp, or delete"
                + " it");
      }
    }
    return change(live, action.replicas());
  }

  private static Draft change(LiveObject live, int wanted) {
    Optional<JsonElement> found = live.at(REPLICAS);
    // Kubernetes reads a missing number of replicas as 1.
    BigInteger current = found.map(JsonElement::getAsBigInteger).orElse(BigInteger.ONE);
    if (current.equals(BigInteger.valueOf(wanted))) {
      return new Draft.Nothing(
          null, PlanReason.NothingToChange, Workload.show(live) + " has " + wanted + " replicas");
    }
    String why =
        wanted == 0
            ? "An autoscaler, if there is one, rests while the replicas are 0."
            : "No autoscaler sets the replicas of " + Workload.show(live) + ".";
    return new Draft.Changes(
        null,
        List.of(
            Change.of(
                REPLICAS,
                found.map(JsonElement::getAsString).orElse(null),
                Integer.toString(wanted),
                ValueType.integer)),
        List.of(why),
        null);
  }
}
