// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.OwnerReference;
import io.heal8s.operator.target.Query.ListBySelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The live pods of a workload: neither being deleted nor at their end, and controlled by it.
 *
 * @param pods in the order that they were read in
 */
public record WorkloadPods(List<LiveObject> pods) {

  public WorkloadPods {
    pods = List.copyOf(pods);
  }

  /** The query for them, empty for workloads without a selector (CronJob). */
  public static Optional<ListBySelector> query(LiveObject workload) {
    return selector(workload)
        .map(selector -> new ListBySelector("v1", "Pod", workload.namespace(), selector));
  }

  /** {@code spec.selector} in text form, empty when the object has none. */
  public static Optional<String> selector(LiveObject workload) {
    List<String> terms = new ArrayList<>();
    workload
        .at("spec.selector.matchLabels")
        .filter(JsonElement::isJsonObject)
        .map(JsonElement::getAsJsonObject)
        .ifPresent(
            labels ->
                labels
                    .entrySet()
                    .forEach(
                        label -> terms.add(label.getKey() + "=" + label.getValue().getAsString())));
    JsonElement expressions =
        workload.at("spec.selector.matchExpressions").orElseGet(JsonArray::new);
    if (expressions instanceof JsonArray list) {
      for (JsonElement expression : list) {
        if (expression instanceof JsonObject fields) {
          terms.add(term(new LiveObject(fields)));
        }
      }
    }
    // An empty selector would select every pod of the namespace.
    return terms.isEmpty() ? Optional.empty() : Optional.of(String.join(",", terms));
  }

  private static String term(LiveObject expression) {
    String key = expression.text("key");
    List<String> values = new ArrayList<>();
    if (expression.at("values").orElseGet(JsonArray::new) instanceof JsonArray list) {
      list.forEach(value -> values.add(value.getAsString()));
    }
    return switch (expression.text("operator")) {
      case "Exists" -> key;
      case "DoesNotExist" -> "!" + key;
      case "NotIn" -> key + " notin (" + String.join(",", values) + ")";
      default -> key + " in (" + String.join(",", values) + ")";
    };
  }

  /** The live ones among pods that the selector found; selectors of others may overlap. */
  public static WorkloadPods of(LiveObject workload, List<LiveObject> selected) {
    return new WorkloadPods(
        selected.stream()
            .filter(pod -> pod.text("metadata.deletionTimestamp").isEmpty())
            .filter(pod -> !pod.text("status.phase").equals("Succeeded"))
            .filter(pod -> !pod.text("status.phase").equals("Failed"))
            .filter(pod -> isControlledBy(pod, workload))
            .toList());
  }

  private static boolean isControlledBy(LiveObject pod, LiveObject workload) {
    if (workload.kind().equals("TargetApp")) {
      // It controls nothing; the pods that it names are the application.
      return true;
    }
    Optional<OwnerReference> controller = OwnerReference.controllerOf(pod);
    if (controller.isEmpty()) {
      return false;
    }
    if (workload.kind().equals("Deployment")) {
      // The ReplicaSet in between is named by the deployment controller, so it need not be read.
      return controller.get().kind().equals("ReplicaSet")
          && controller.get().name().equals(workload.name() + "-" + revisionHash(pod));
    }
    return controller.get().uid().equals(workload.uid());
  }

  /** The label by which a pod names the revision of the template that it was made from. */
  public static String revisionHash(LiveObject pod) {
    String ofReplicaSet = pod.text("metadata.labels.pod-template-hash");
    return ofReplicaSet.isEmpty()
        ? pod.text("metadata.labels.controller-revision-hash")
        : ofReplicaSet;
  }

  /**
   * Those made from the same revision as the newest pod. During a rollout the others are about to
   * go, and what they were given says nothing of the template that changes next.
   */
  public WorkloadPods ofNewestRevision() {
    Optional<LiveObject> newest =
        pods.stream()
            .max(
                Comparator.comparing((LiveObject pod) -> Timestamps.created(pod))
                    .thenComparing(WorkloadPods::revisionHash));
    return newest
        .map(WorkloadPods::revisionHash)
        .map(this::ofRevision)
        .orElseGet(() -> new WorkloadPods(List.of()));
  }

  /** Those made from one revision. */
  public WorkloadPods ofRevision(String hash) {
    return new WorkloadPods(pods.stream().filter(pod -> revisionHash(pod).equals(hash)).toList());
  }
}
