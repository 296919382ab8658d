// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query.ListBySelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The pods that an action on pods is about. */
public final class PodChoice {

  private PodChoice() {}

  /**
   * The query for them.
   *
   * @param target the workload, or the object of a detector
   * @param labels labels that were asked for; empty for those of the target
   * @return empty when neither has any: an empty selector would mean every pod of the namespace
   */
  public static Optional<ListBySelector> query(
      LiveObject target, SortedMap<String, String> labels) {
    if (labels.isEmpty()) {
      return WorkloadPods.query(target);
    }
    String selector =
        labels.entrySet().stream()
            .map((Map.Entry<String, String> label) -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
    return Optional.of(new ListBySelector("v1", "Pod", target.namespace(), selector));
  }

  /** Those that are neither at their end nor on their way out. */
  public static List<LiveObject> live(List<LiveObject> pods) {
    return pods.stream()
        .filter(pod -> pod.text("metadata.deletionTimestamp").isEmpty())
        .filter(pod -> !pod.text("status.phase").equals("Succeeded"))
        .filter(pod -> !pod.text("status.phase").equals("Failed"))
        .toList();
  }

  /** Whether a pod is Ready. */
  public static boolean ready(LiveObject pod) {
    return pod.text("status.conditions[type=Ready].status").equals("True");
  }
}
