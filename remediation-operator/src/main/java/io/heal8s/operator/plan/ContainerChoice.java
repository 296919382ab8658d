// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.decide.ForeignText;
import io.heal8s.core.decide.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which container of a workload changes: the one that is named, or the only one. */
public sealed interface ContainerChoice {

  /** A container of the template. */
  record Chosen(String name) implements ContainerChoice {}

  /** None or several fit. */
  record NotChosen(Verdict verdict) implements ContainerChoice {}

  /**
   * Chooses.
   *
   * @param named {@code spec.target.container}, null when it is not set; init containers never fit
   */
  static ContainerChoice of(Workload workload, @Nullable String named) {
    List<String> containers = workload.containers();
    if (named != null) {
      return containers.contains(named)
          ? new Chosen(named)
          : notChosen(
              PlanReason.ContainerNotFound,
              workload.show()
                  + " has no container '"
                  + ForeignText.line(named)
                  + "' in its template; it has "
                  + String.join(", ", containers)
                  + "; name one of them as spec.target.container of a new Remediation");
    }
    return containers.size() == 1
        ? new Chosen(containers.getFirst())
        : notChosen(
            PlanReason.ContainerNotNamed,
            workload.show()
                + " has "
                + containers.size()
                + " containers ("
                + String.join(", ", containers)
                + "); name one of them as spec.target.container of a new Remediation");
  }

  private static ContainerChoice notChosen(PlanReason reason, String message) {
    return new NotChosen(new Verdict(reason, message));
  }
}
