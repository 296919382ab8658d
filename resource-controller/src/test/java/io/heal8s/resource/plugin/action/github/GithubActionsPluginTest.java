// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.github.Access;
import io.heal8s.dev.github.Edition;
import io.heal8s.dev.github.Fault;
import io.heal8s.dev.github.Faults;
import io.heal8s.dev.github.GithubStandIn;
import io.heal8s.dev.github.WorkflowRuns.State;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.PluginEnvironment;
import io.heal8s.resource.plugin.Step;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GithubActionsPluginTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SPEC = "{\"engine\":\"postgres\",\"storage_gb\":500}";
  private static final String TARGET =
      "{\"owner\":\"acme\",\"repo\":\"infra\",\"workflow\":\"database.yml\"}";

  @TempDir private Path directory;
  private GithubStandIn github;
  private GithubActionsPlugin plugin;

  @BeforeEach
  void start() throws Exception {
    github = GithubStandIn.start(Edition.COM, directory, Clock.systemUTC());
    github.accounts().token("secret", "robot", Access.WRITE);
    github.repository("acme", "infra");
    plugin = new GithubActionsPlugin();
    plugin.open(environment());
  }

  @AfterEach
  void stop() {
    plugin.close();
    github.close();
  }

  private PluginEnvironment environment() {
    return new PluginEnvironment() {
      @Override
      public Map<String, String> settings() {
        return Map.of(
            "GITHUB_API_URL",
            github.apiUrl().toString(),
            "GITHUB_TOKEN",
            "secret",
            "GITHUB_ACTIONS_POLL_INTERVAL",
            "1");
      }

      @Override
      public Optional<String> secret(String reference) {
        return Optional.empty();
      }

      @Override
      public InstantSource time() {
        return Clock.systemUTC();
      }
    };
  }

  /** A workflow with its file in the repository. */
  private void workflow(String... inputs) throws Exception {
    github.runs().workflow("acme/infra", "database.yml", List.of(inputs));
    StringBuilder yaml =
        new StringBuilder("name: database\non:\n  workflow_dispatch:\n    inputs:\n");
    for (String input : inputs) {
      yaml.append("      ").append(input).append(": {type: string}\n");
    }
    String body =
        "{\"message\":\"a workflow\",\"content\":\"%s\"}"
            .formatted(
                Base64.getEncoder()
                    .encodeToString(yaml.toString().getBytes(StandardCharsets.UTF_8)));
    try (HttpClient http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(
                          github.apiUrl()
                              + "/repos/acme/infra/contents/.github/workflows/database.yml"))
                  .header("Authorization", "Bearer secret")
                  .header("Content-Type", "application/json")
                  .PUT(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    }
  }

  private static ActionRequest request(String spec, String config, String typeMetadata) {
    return new ActionRequest(
        7,
        "production-pg",
        "DatabaseCluster",
        "v1",
        1,
        JSON.readTree(spec),
        JSON.readTree(config),
        JSON.readTree(typeMetadata),
        JSON.readTree("{}"),
        "7-1-1");
  }

  private Step poll(ActionRequest request, Step step) {
    Step now = step;
    for (int i = 0; i < 10 && now instanceof Step.Running running; i++) {
      now = plugin.poll(request, running.handle());
    }
    return now;
  }

  @Test
  void theSpecTravelsAsOneInputWhereTheWorkflowDeclaresIt() throws Exception {
    workflow("spec");
    github.runs().script(State.IN_PROGRESS, State.completed("success"));
    ActionRequest request = request(SPEC, TARGET, "{}");
    assertThat(plugin.validateSpec(request)).isEmpty();
    assertThat(plugin.plan(request))
        .as("a person approves what the workflow is told")
        .isInstanceOfSatisfying(
            PlanResult.Changes.class,
            plan ->
                assertThat(plan.output().lines())
                    .contains(
                        "Workflow: database.yml",
                        "Repository: acme/infra",
                        "Ref: main",
                        "Inputs: " + JSON.readTree(SPEC)));
    Step step = plugin.apply(request);
    assertThat(step).isInstanceOf(Step.Running.class);
    assertThat(((Step.Running) step).pollAfter().toMillis()).isEqualTo(200);
    Step done = poll(request, step);
    assertThat(done).isInstanceOf(Step.Done.class);
    JsonNode outputs = Objects.requireNonNull(((Step.Done) done).outputs());
    assertThat(outputs.path("jobs").path(0).path("conclusion").asString()).isEqualTo("success");
    assertThat(((Step.Done) done).output()).contains("completed successfully");
    assertThat(github.runs().dispatched()).hasSize(1);
    assertThat(JSON.readTree(github.runs().dispatched().getFirst().inputs().get("spec")))
        .isEqualTo(JSON.readTree(SPEC));
    github.assertConformant();
  }

  @Test
  void elseAsInputsOfTheSameNames() throws Exception {
    workflow("engine", "storage_gb");
    Step step = plugin.apply(request(SPEC, "{}", "{\"github_actions\":" + TARGET + "}"));
    assertThat(step).isInstanceOf(Step.Running.class);
    assertThat(github.runs().dispatched().getFirst().inputs())
        .containsExactlyInAnyOrderEntriesOf(Map.of("engine", "postgres", "storage_gb", "500"));
  }

  @Test
  void whatTheWorkflowDoesNotDeclareIsSaidAndNotSent() throws Exception {
    workflow("engine");
    Step step = plugin.apply(request(SPEC, TARGET, "{}"));
    assertThat(step).isInstanceOf(Step.Failed.class);
    assertThat(((Step.Failed) step).message()).contains("storage_gb");
    assertThat(github.runs().dispatched()).isEmpty();
  }

  @Test
  void theOriginalsWayOfNamingTheWorkflow() throws Exception {
    workflow("size");
    String spec =
        "{\"owner\":\"acme\",\"repo\":\"infra\",\"workflow\":\"database.yml\",\"inputs\":{\"size\":5}}";
    assertThat(plugin.apply(request(spec, "{}", "{}"))).isInstanceOf(Step.Running.class);
    assertThat(github.runs().dispatched().getFirst().inputs()).isEqualTo(Map.of("size", "5"));
  }

  @Test
  void aMissingTargetIsRefusedBeforeAnythingIsStored() {
    assertThat(plugin.validateSpec(request(SPEC, "{\"owner\":\"acme\"}", "{}")))
        .hasSize(2)
        .allMatch(complaint -> complaint.startsWith("github_actions needs '"));
    assertThat(
            plugin.validateSpec(
                request(SPEC, TARGET.replace("database.yml", "../../../../user"), "{}")))
        .hasSize(1);
  }

  @Test
  void aResourceCannotLeadTheTokenElsewhere() throws Exception {
    workflow("spec");
    String config = TARGET.replace("}", ",\"api_base_url\":\"http://127.0.0.1:9\"}");
    assertThat(plugin.apply(request(SPEC, config, "{}"))).isInstanceOf(Step.Running.class);
  }

  @Test
  void anOlderServerDoesNotTellTheRunAndNobodyGuesses() throws Exception {
    workflow("spec");
    github.runs().withoutRunDetails();
    assertThat(plugin.apply(request(SPEC, TARGET, "{}"))).isInstanceOf(Step.Unknown.class);
  }

  @Test
  void anOlderServerTellsTheRunByItsTitle() throws Exception {
    workflow("spec", "correlation_id");
    github.runs().titledBy("correlation_id");
    github.runs().withoutRunDetails();
    github.runs().script(State.completed("success"));
    ActionRequest request = request(SPEC, TARGET, "{}");
    assertThat(poll(request, plugin.apply(request))).isInstanceOf(Step.Done.class);
    assertThat(github.runs().dispatched()).hasSize(1);
    github.assertConformant();
  }

  @Test
  void aFailedRun() throws Exception {
    workflow("spec");
    github.runs().script(State.completed("failure"));
    ActionRequest request = request(SPEC, TARGET, "{}");
    Step step = poll(request, plugin.apply(request));
    assertThat(step).isInstanceOf(Step.Failed.class);
    assertThat(((Step.Failed) step).message()).endsWith("failed with conclusion: failure");
  }

  @Test
  void aDeletedResourcesRunIsCancelled() throws Exception {
    workflow("spec");
    github.runs().script(State.IN_PROGRESS, State.IN_PROGRESS);
    ActionRequest request = request(SPEC, TARGET, "{}");
    Step.Running running = (Step.Running) plugin.apply(request);
    Step ending = plugin.cancel(request, running.handle());
    assertThat(ending).isInstanceOf(Step.Running.class);
    assertThat(plugin.cancel(request, ((Step.Running) ending).handle()))
        .isInstanceOf(Step.Done.class);
  }

  @Test
  void aWorkflowThatIsNotThere() {
    PlanResult plan = plugin.plan(request(SPEC, TARGET, "{}"));
    assertThat(plan).isInstanceOf(PlanResult.Failed.class);
    assertThat(((PlanResult.Failed) plan).message())
        .startsWith("Workflow 'database.yml' not found or inaccessible");
  }

  @Test
  void aRateLimitIsWaitedOut() throws Exception {
    workflow("spec");
    github.faults().always(Faults.Request::writes, Fault.secondaryLimit(Duration.ofSeconds(30)));
    Step step = plugin.apply(request(SPEC, TARGET, "{}"));
    assertThat(step).isInstanceOf(Step.Failed.class);
    assertThat(((Step.Failed) step).notBefore()).isNotNull();
    assertThat(github.runs().dispatched()).isEmpty();
    github.faults().clear();
    assertThat(plugin.apply(request(SPEC, TARGET, "{}")))
        .as("nobody else asks meanwhile: that would make it longer")
        .isInstanceOfSatisfying(
            Step.Failed.class,
            failed ->
                assertThat(failed.notBefore())
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30)));
    assertThat(github.runs().dispatched()).isEmpty();
  }

  @Test
  void aDispatchThatTheRunsTitleTellsIsAskedForUntilGithubAnswers() throws Exception {
    workflow("spec", "correlation_id");
    github.runs().titledBy("correlation_id");
    github.runs().script(State.completed("success"));
    github.faults().next(Faults.Request::writes, new Fault.LostReply());
    ActionRequest request = request(SPEC, TARGET, "{}");
    Step unsure = plugin.apply(request);
    assertThat(unsure).isInstanceOf(Step.Running.class);
    github.faults().always(asked -> asked.path().contains("/runs"), Fault.unavailable(503));
    assertThat(plugin.poll(request, ((Step.Running) unsure).handle()))
        .isInstanceOf(Step.Running.class);
    // So does another process that finds it written ahead.
    Step recovered = plugin.recover(request);
    assertThat(recovered).isInstanceOf(Step.Running.class);
    github.faults().clear();
    assertThat(poll(request, recovered)).isInstanceOf(Step.Done.class);
    assertThat(github.runs().dispatched()).hasSize(1);
  }

  @Test
  void aDispatchWhoseAnswerIsLostIsUnknown() throws Exception {
    workflow("spec");
    github.faults().next(Faults.Request::writes, new Fault.LostReply());
    Step step = plugin.apply(request(SPEC, TARGET, "{}"));
    assertThat(step).isInstanceOf(Step.Unknown.class);
    assertThat(((Step.Unknown) step).message()).contains("7-1-1");
    assertThat(plugin.recover(request(SPEC, TARGET, "{}"))).isInstanceOf(Step.Unknown.class);
  }
}
