// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import static io.heal8s.resource.plugin.action.github.GithubWorld.SPEC;
import static io.heal8s.resource.plugin.action.github.GithubWorld.TARGET;
import static io.heal8s.resource.plugin.action.github.GithubWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.github.WorkflowRuns.State;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.testing.Samples;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Which workflow is dispatched with what. */
class GithubActionsPluginTest {

  @TempDir private Path directory;
  private GithubWorld world;

  @BeforeEach
  void start() {
    world = new GithubWorld(directory);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void theSpecTravelsAsOneInputWhereTheWorkflowDeclaresIt() throws Exception {
    world.workflow("spec");
    world.github.runs().script(State.IN_PROGRESS, State.completed("success"));
    ActionRequest request = request();
    assertThat(world.plugin.validateSpec(request)).isEmpty();
    assertThat(world.plugin.plan(request))
        .as("a person approves what the workflow is told")
        .isInstanceOfSatisfying(
            PlanResult.Changes.class,
            plan ->
                assertThat(plan.output().lines())
                    .contains(
                        "Workflow: database.yml",
                        "Repository: acme/infra",
                        "Ref: main",
                        "Inputs: " + Samples.json(SPEC)));
    Step step = world.plugin.apply(request);
    assertThat(step).isInstanceOf(Step.Running.class);
    assertThat(((Step.Running) step).pollAfter().toMillis()).isEqualTo(200);
    Step done = world.ended(step);
    assertThat(done).isInstanceOf(Step.Done.class);
    JsonNode outputs = Objects.requireNonNull(((Step.Done) done).outputs());
    assertThat(outputs.path("jobs").path(0).path("conclusion").asString()).isEqualTo("success");
    assertThat(((Step.Done) done).output()).contains("completed successfully");
    assertThat(world.github.runs().dispatched()).hasSize(1);
    assertThat(
            Samples.json(
                Objects.requireNonNull(
                    world.github.runs().dispatched().getFirst().inputs().get("spec"))))
        .isEqualTo(Samples.json(SPEC));
    world.github.assertConformant();
  }

  @Test
  void elseAsInputsOfTheSameNames() throws Exception {
    world.workflow("engine", "storage_gb");
    Step step = world.plugin.apply(request(SPEC, "{}", "{\"github_actions\":" + TARGET + "}"));
    assertThat(step).isInstanceOf(Step.Running.class);
    assertThat(world.github.runs().dispatched().getFirst().inputs())
        .containsExactlyInAnyOrderEntriesOf(Map.of("engine", "postgres", "storage_gb", "500"));
  }

  @Test
  void whatTheWorkflowDoesNotDeclareIsSaidAndNotSent() throws Exception {
    world.workflow("engine");
    Step step = world.plugin.apply(request());
    assertThat(step).isInstanceOf(Step.Failed.class);
    assertThat(((Step.Failed) step).message()).contains("storage_gb");
    assertThat(world.github.runs().dispatched()).isEmpty();
  }

  @Test
  void theOriginalsWayOfNamingTheWorkflow() throws Exception {
    world.workflow("size");
    String spec =
        "{\"owner\":\"acme\",\"repo\":\"infra\",\"workflow\":\"database.yml\",\"inputs\":{\"size\":5}}";
    assertThat(world.plugin.apply(request(spec, "{}", "{}"))).isInstanceOf(Step.Running.class);
    assertThat(world.github.runs().dispatched().getFirst().inputs()).isEqualTo(Map.of("size", "5"));
  }

  @Test
  void aMissingTargetIsRefusedBeforeAnythingIsStored() {
    assertThat(world.plugin.validateSpec(request(SPEC, "{\"owner\":\"acme\"}", "{}")))
        .hasSize(2)
        .allMatch(complaint -> complaint.startsWith("github_actions needs '"));
    assertThat(
            world.plugin.validateSpec(
                request(SPEC, TARGET.replace("database.yml", "../../../../user"), "{}")))
        .hasSize(1);
  }

  @Test
  void aResourceCannotLeadTheTokenElsewhere() throws Exception {
    world.workflow("spec");
    String config = TARGET.replace("}", ",\"api_base_url\":\"http://127.0.0.1:9\"}");
    assertThat(world.plugin.apply(request(SPEC, config, "{}"))).isInstanceOf(Step.Running.class);
  }

  @Test
  void aWorkflowThatIsNotThere() {
    PlanResult plan = world.plugin.plan(request());
    assertThat(plan).isInstanceOf(PlanResult.Failed.class);
    assertThat(((PlanResult.Failed) plan).message())
        .startsWith("Workflow 'database.yml' not found or inaccessible");
  }
}
