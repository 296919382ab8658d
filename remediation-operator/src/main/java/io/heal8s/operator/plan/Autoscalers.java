// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query.ListBySelector;
import java.util.List;

/** The autoscalers of a workload. */
public final class Autoscalers {

  private Autoscalers() {}

  /** The query that finds them among all of the namespace. */
  public static ListBySelector query(LiveObject workload) {
    return new ListBySelector(
        "autoscaling/v2", "HorizontalPodAutoscaler", workload.namespace(), "");
  }

  /** Those that scale the workload; the query must be answered. */
  public static List<LiveObject> of(LiveObject workload, Known known) {
    return known.many(query(workload)).stream()
        .filter(autoscaler -> scales(autoscaler, workload))
        .toList();
  }

  private static boolean scales(LiveObject autoscaler, LiveObject workload) {
    String apiVersion = autoscaler.text("spec.scaleTargetRef.apiVersion");
    return autoscaler.text("spec.scaleTargetRef.kind").equals(workload.kind())
        && autoscaler.text("spec.scaleTargetRef.name").equals(workload.name())
        && group(apiVersion).equals(group(workload.apiVersion()));
  }

  private static String group(String apiVersion) {
    int slash = apiVersion.indexOf('/');
    return slash < 0 ? "" : apiVersion.substring(0, slash);
  }
}
