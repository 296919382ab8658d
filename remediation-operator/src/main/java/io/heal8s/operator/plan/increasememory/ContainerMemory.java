// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.increasememory;

import io.heal8s.core.decide.QuantityText;
import io.heal8s.operator.plan.Workload;
import io.heal8s.operator.plan.WorkloadPods;
import io.heal8s.operator.target.LiveObject;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one container, as its template says it and as its pods have it. A limit of zero is
 * no limit.
 *
 * @param templateLimit limit in the template, null when it has none
 * @param templateRequest request in the template, null when it has none
 * @param podLimit the largest effective limit in the pods of the newest revision, null when there
 *     are no pods or they have none
 * @param podRequest request of that pod, null when it has none
 */
record ContainerMemory(
    @Nullable Value templateLimit,
    @Nullable Value templateRequest,
    @Nullable Value podLimit,
    @Nullable Value podRequest) {

  /**
   * One quantity.
   *
   * @param text as the object spells it
   * @param bytes its value
   */
  record Value(String text, BigDecimal bytes) {

    static Optional<Value> of(String text) {
      return QuantityText.parse(text).map(bytes -> new Value(text, bytes));
    }

    boolean equalTo(Value other) {
      return bytes.compareTo(other.bytes) == 0;
    }
  }

  static ContainerMemory of(Workload workload, WorkloadPods pods, String container) {
    Optional<LiveObject> largest =
        pods.ofNewestRevision().pods().stream()
            .max(
                Comparator.comparing(
                    (LiveObject pod) ->
                        podValue(pod, container, "limits")
                            .filter(ContainerMemory::isSet)
                            .map(Value::bytes)
                            .orElse(BigDecimal.ZERO)));
    return new ContainerMemory(
        templateValue(workload, container, "limits").filter(ContainerMemory::isSet).orElse(null),
        templateValue(workload, container, "requests").orElse(null),
        largest
            .flatMap(pod -> podValue(pod, container, "limits"))
            .filter(ContainerMemory::isSet)
            .orElse(null),
        largest.flatMap(pod -> podValue(pod, container, "requests")).orElse(null));
  }

  /** What the container may use now: the pods know better, for a LimitRange or a resize. */
  @Nullable Value effectiveLimit() {
    return podLimit == null ? templateLimit : podLimit;
  }

  private static boolean isSet(Value limit) {
    return limit.bytes().signum() > 0;
  }

  private static Optional<Value> templateValue(Workload workload, String container, String kind) {
    return workload.containerValue(container, "resources." + kind + ".memory").flatMap(Value::of);
  }

  private static Optional<Value> podValue(LiveObject pod, String container, String kind) {
    String field = "[name=" + container + "].resources." + kind + ".memory";
    // After an in-place resize the status has what the container really got.
    return Value.of(pod.text("status.containerStatuses" + field))
        .or(() -> Value.of(pod.text("spec.containers" + field)));
  }
}
