// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.plan.Draft;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.PlanRequest;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Policies;
import io.heal8s.operator.testing.Rem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody is asked to approve what he is not shown. */
class PatchPlannerTest {

  private static final ResolvedTarget TARGET =
      new ResolvedTarget("v1", "ConfigMap", "shop", "api", "uid-api", null);

  /** A patch of which the API server cannot say what it comes to. */
  private static Draft draft(int length) {
    JsonObject data = new JsonObject();
    data.addProperty("a", "x".repeat(length));
    JsonObject patch = new JsonObject();
    patch.add("data", data);
    ObjectPatchRequest request = new ObjectPatchRequest(ObjectPatchRequest.Kind.Merge, patch);
    LiveObject live = Live.deployment("256Mi", 1);
    Query.Get get = PatchTarget.query(TARGET, "runner").get();
    Known known =
        Known.NOTHING
            .with(new Query.Patched("runner", get, request, live.version()), List.of())
            .with(
                new Query.Patched("runner", get, ObjectPatchRequest.ofNothing(), live.version()),
                List.of());
    return PatchPlanner.draft(
        new PlanRequest(
            Rem.fresh("a").action(ActionType.PatchResource).direct().as("runner").build(),
            TARGET,
            live,
            Policies.of("{}"),
            "c1"),
        request,
        known);
  }

  @Test
  void aPatchThatCannotBeShownWholeIsRefused() {
    assertThat(draft(200_000)).isInstanceOf(Draft.Run.class);
    assertThat(draft(262_144))
        .isInstanceOfSatisfying(
            Draft.Refused.class,
            refused -> {
              Verdict verdict = refused.verdict();
              assertThat(verdict.reason()).isEqualTo(PlanReason.PatchRefused);
              assertThat(verdict.message()).contains("too long to be shown to who approves it");
            });
  }
}
