// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.scaleup;

import com.google.gson.JsonElement;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.operator.intent.Action.ScaleUp;
import io.heal8s.operator.intent.Cap;
import io.heal8s.operator.plan.Autoscalers;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.plan.PolicyCap;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.ManagedBy;
import io.heal8s.operator.target.OwnerReference;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans of ScaleUp, by the first release's formula. */
public final class ScalePlanner {

  private static final String AUTOSCALER = "HorizontalPodAutoscaler";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final Set<String> SCALABLE =
      Set.of("apps/v1/Deployment", "apps/v1/StatefulSet", "apps/v1/ReplicaSet");

  private ScalePlanner() {}

  /** Plans the next number of replicas, or the next maximum of the autoscaler that owns them. */
  public static Draft draft(PlanRequest request, ScaleUp action, Known known) {
    LiveObject live = request.live();
    Cap cap = PolicyCap.lower(action.cap(), request.policy(), "maxReplicas");
    if (live.kind().equals(AUTOSCALER)) {
      return draftMaximum(request, live, action, cap);
    }
    if (!SCALABLE.contains(live.apiVersion() + "/" + live.kind())) {
      return Draft.refused(
          PlanReason.UnsupportedTarget,
          "ScaleUp cannot change "
              + Workload.show(live)
              + "; it changes Deployments, StatefulSets, ReplicaSets and"
              + " HorizontalPodAutoscalers");
    }
    if (live.kind().equals("ReplicaSet") && isDirect(request)) {
      // The operator may not write to ReplicaSets; nobody should approve what is refused then.
      return Draft.refused(
          PlanReason.UnsupportedTarget,
          "ScaleUp changes "
              + Workload.show(live)
              + " through git only; use mode GitOps, or put its pods under a Deployment");
    }
    if (!known.has(Autoscalers.query(live))) {
      return new Draft.Needs(Set.of(Autoscalers.query(live)));
    }
    List<LiveObject> owners = Autoscalers.of(live, known);
    return switch (owners.size()) {
      case 0 -> draftReplicas(live, action, cap);
      case 1 -> draftMaximum(request, owners.getFirst(), action, cap);
      default ->
          Draft.refused(
              PlanReason.AmbiguousAutoscaler,
              Workload.show(live)
                  + " is scaled by several autoscalers ("
                  + owners.stream().map(LiveObject::name).sorted().collect(Collectors.joining(", "))
                  + "), which take each other's replicas back; delete all but one");
    };
  }

  private static Draft draftReplicas(LiveObject live, ScaleUp action, Cap cap) {
    return draft(live, null, "spec.replicas", "replicas", action, cap);
  }

  private static Draft draftMaximum(
      PlanRequest request, LiveObject autoscaler, ScaleUp action, Cap cap) {
    Optional<String> manager = managerOf(request, autoscaler);
    if (manager.isPresent()) {
      return Draft.refused(
          PlanReason.ManagedElsewhere,
          Workload.show(autoscaler)
              + " is managed by "
              + manager.get()
              + ", which would take a raised maximum back; raise it there");
    }
    @Nullable LiveObject holder = request.target().kind().equals(AUTOSCALER) ? null : autoscaler;
    return draft(autoscaler, holder, "spec.maxReplicas", "maximum", action, cap);
  }

  private static boolean isDirect(PlanRequest request) {
    return request.remediation().spec().strategy().modeOrDefault() == Mode.Direct;
  }

  /** An autoscaler made by another controller is in no repository and cannot be changed at all. */
  private static Optional<String> managerOf(PlanRequest request, LiveObject autoscaler) {
    Optional<OwnerReference> owner = OwnerReference.controllerOf(autoscaler);
    boolean direct = isDirect(request) && !request.policy().directOnManaged();
    if (owner.isPresent()) {
      return Optional.of(owner.get().kind() + " " + owner.get().name());
    }
    return direct ? ManagedBy.of(autoscaler) : Optional.empty();
  }

  private static Draft draft(
      LiveObject object,
      @Nullable LiveObject holder,
      String path,
      String what,
      ScaleUp action,
      Cap cap) {
    Optional<JsonElement> found = object.at(path);
    // Kubernetes reads a missing number of replicas as 1.
    BigInteger current =
        found.map(JsonElement::getAsBigInteger).orElse(BigInteger.ONE).max(BigInteger.ZERO);
    BigInteger most = cap.value().setScale(0, RoundingMode.DOWN).toBigInteger();
    if (current.compareTo(most) >= 0) {
      return new Draft.Nothing(
          null,
          PlanReason.CapReached,
          "the "
              + what
              + " of "
              + Workload.show(object)
              + (what.equals("replicas") ? " are " : " is ")
              + current
              + " and may be at most "
              + most
              + " ("
              + cap.source()
              + ")");
    }
    BigInteger next = raised(current, action.percent()).min(most);
    Change change =
        new Change(
            path,
            found.map(JsonElement::getAsString).orElse(null),
            next.toString(),
            ValueType.integer,
            holder == null ? null : holder.apiVersion(),
            holder == null ? null : holder.kind(),
            holder == null ? null : holder.name());
    String why =
        what.equals("maximum")
            ? "No other autoscaler and no other controller sets the replicas."
            : "No autoscaler sets the replicas of " + Workload.show(object) + ".";
    return new Draft.Changes(null, List.of(change), List.of(why), null);
  }

  /** {@code current + max(1, trunc(current × percent / 100))} (first release, contract §4). */
  static BigInteger raised(BigInteger current, BigDecimal percent) {
    BigInteger step =
        new BigDecimal(current)
            .multiply(percent)
            .divide(HUNDRED)
            .setScale(0, RoundingMode.DOWN)
            .toBigInteger();
    return current.add(step.max(BigInteger.ONE));
  }
}
