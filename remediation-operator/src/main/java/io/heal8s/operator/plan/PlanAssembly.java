// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.Repository;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.ForeignText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a plan together from what its action wants changed. */
public final class PlanAssembly {

  private PlanAssembly() {}

  /** The plan of changes. */
  public static Plan plan(
      PlanRequest request, Draft.Changes draft, @Nullable Repository repository) {
    RemediationSpec spec = request.remediation().spec();
    ResolvedTarget target = request.target();
    List<Change> changes = draft.changes();
    return new Plan(
        PlanId.of(target.uid(), spec.action(), changes),
        request.cluster(),
        changes,
        PlanText.diff(target, changes),
        PlanText.preconditions(target, changes, draft.preconditions()),
        PlanText.undo(spec.strategy().modeOrDefault(), changes, draft.noUndo()),
        repository);
  }

  /** The plan of something that is not done by writing named values. */
  public static Plan run(PlanRequest request, Draft.Run draft) {
    ResolvedTarget target = request.target();
    return new Plan(
        PlanId.of(
            target.uid(), request.remediation().spec().action(), draft.changes(), draft.diff()),
        request.cluster(),
        draft.changes(),
        ForeignText.cut(draft.diff(), PlanText.MAX_DIFF),
        PlanText.preconditions(target, List.of(), draft.preconditions()),
        PlanText.undo(Mode.Direct, draft.changes(), draft.noUndo()),
        null);
  }

  /** The plan that changes nothing. */
  public static Plan emptyPlan(PlanRequest request) {
    return new Plan(
        PlanId.of(request.target().uid(), request.remediation().spec().action(), List.of()),
        request.cluster(),
        List.of(),
        "",
        List.of(),
        "none: nothing is changed",
        null);
  }

  /** The target with the container that was chosen. */
  public static ResolvedTarget target(PlanRequest request, @Nullable String container) {
    ResolvedTarget target = request.target();
    return new ResolvedTarget(
        target.apiVersion(),
        target.kind(),
        target.namespace(),
        target.name(),
        target.uid(),
        container);
  }
}
