// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.decide.naming.KubernetesName;
import io.heal8s.gateway.intent.IncomingAlert;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads from an alert's labels which object it is about; looks at no object. A pod or an autoscaler
 * is named as it is: the operator finds out what must change.
 */
final class TargetLabels {

  /** What the labels say. */
  sealed interface Reading {
    /** The object that they name. */
    record Found(Target target) implements Reading {}

    /** None of them names an object. */
    record Missing() implements Reading {}

    /** The first of them holds what can be no name. */
    record Unusable(String label) implements Reading {}
  }

  private record Kind(String label, @Nullable String apiVersion, String kind) {}

  /**
   * In order of precedence. The pod comes last, because metrics of kube-state-metrics carry that
   * exporter's own pod beside the object that they are about; the autoscaler and the job come
   * before it for the same reason.
   */
  private static final List<Kind> KINDS =
      List.of(
          new Kind("deployment", null, "Deployment"),
          new Kind("statefulset", null, "StatefulSet"),
          new Kind("daemonset", null, "DaemonSet"),
          new Kind("replicaset", null, "ReplicaSet"),
          new Kind("horizontalpodautoscaler", "autoscaling/v2", "HorizontalPodAutoscaler"),
          new Kind("job_name", "batch/v1", "Job"),
          new Kind("pod", "v1", "Pod"));

  private TargetLabels() {}

  /** The labels that are looked at, for messages. */
  static String wanted() {
    return String.join(", ", KINDS.stream().map(Kind::label).toList());
  }

  /**
   * Reads the target.
   *
   * @param namespace where it is
   */
  static Reading read(IncomingAlert alert, String namespace) {
    for (Kind kind : KINDS) {
      String name = alert.label(kind.label());
      if (name.isEmpty()) {
        continue;
      }
      if (!KubernetesName.isSubdomain(name)) {
        return new Reading.Unusable(kind.label());
      }
      String container = alert.label("container");
      if (!container.isEmpty() && !KubernetesName.isLabel(container)) {
        return new Reading.Unusable("container");
      }
      return new Reading.Found(
          new Target(
              kind.apiVersion(),
              kind.kind(),
              name,
              namespace,
              container.isEmpty() ? null : container));
    }
    return new Reading.Missing();
  }
}
