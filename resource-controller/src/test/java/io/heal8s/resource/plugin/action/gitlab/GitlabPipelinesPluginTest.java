// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.MoodyServer.Reply;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GitlabPipelinesPluginTest {

  private static final String TARGET =
      "{\"project\":\"group/shop\",\"destroy\":true,\"variables\":{\"REGION\":\"eu\"}}";

  private GitlabStandIn gitlab;
  private GitlabPipelinesPlugin plugin;

  @BeforeEach
  void start() {
    gitlab = new GitlabStandIn();
    plugin = new GitlabPipelinesPlugin();
    plugin.open(
        GivenEnvironment.of(
            Map.of(
                "GITLAB_URL",
                gitlab.url() + "/",
                "GITLAB_TOKEN",
                GitlabStandIn.TOKEN,
                "GITLAB_PIPELINES_POLL_INTERVAL",
                "1")));
  }

  @AfterEach
  void stop() {
    plugin.close();
    gitlab.close();
  }

  private static ActionRequest request(String config, String metadata) {
    return new ActionRequest(
        7,
        "production-pg",
        "Database",
        "v1",
        1,
        Samples.json("{\"size\":5}"),
        Samples.json(config),
        Samples.json(metadata),
        Samples.json("{}"),
        "7-1-1");
  }

  private static ActionRequest request() {
    return request(TARGET, "{}");
  }

  private Step ended(Step first) {
    Step step = first;
    for (int i = 0; i < 10 && step instanceof Step.Running running; i++) {
      step = plugin.poll(request(), running.handle());
    }
    return step;
  }

  @Test
  void aPipelineIsStartedWithTheSpecAndFollowed() {
    gitlab.script("pending", "running", "success");
    Step.Running running = (Step.Running) plugin.apply(request());
    assertThat(running.pollAfter()).isEqualTo(Duration.ofMillis(200));
    assertThat(gitlab.started())
        .containsExactly(
            Map.of(
                "REGION",
                "eu",
                "HEAL8S_OPERATION",
                "apply",
                "HEAL8S_RESOURCE",
                "production-pg",
                "HEAL8S_SPEC",
                "{\"size\":5}",
                "HEAL8S_DISPATCH",
                "7-1-1"));
    Step.Done done = (Step.Done) ended(running);
    assertThat(done.output()).startsWith("Pipeline 287 completed successfully");
    JsonNode outputs = Objects.requireNonNull(done.outputs());
    assertThat(outputs.path("pipeline_id").asLong()).isEqualTo(287);
    assertThat(outputs.path("jobs").size()).as("both pages").isEqualTo(150);
    assertThat(running.handle().toString() + done).doesNotContain(GitlabStandIn.TOKEN);
    gitlab.assertConformant();
  }

  @Test
  void theTypeMayNameTheProjectByNumber() {
    Step step = plugin.apply(request("{}", "{\"gitlab_pipelines\":{\"project\":21}}"));
    assertThat(step).isInstanceOf(Step.Running.class);
    gitlab.assertConformant();
  }

  @Test
  void variablesOfTheTypeGoToItsProjectOnly() {
    String type = "{\"gitlab_pipelines\":{\"project\":\"a/b\",\"variables\":{\"TOKEN\":\"x\"}}}";
    ActionRequest elsewhere = request("{\"project\":\"group/shop\"}", type);
    assertThat(plugin.validateSpec(elsewhere))
        .singleElement()
        .asString()
        .contains("go to its own project only");
    assertThatThrownBy(() -> plugin.apply(elsewhere)).hasMessageContaining("own project only");
    assertThat(gitlab.started()).isEmpty();
    for (String config :
        new String[] {
          "{}", "{\"project\":\"a/b\"}", "{\"project\":\"group/shop\",\"variables\":{}}"
        }) {
      assertThat(plugin.validateSpec(request(config, type))).as(config).isEmpty();
    }
  }

  @Test
  void aVariableThatStaysIsNotLedToAnotherProject() {
    assertThat(plugin.validateChange(request(), request(TARGET.replace("shop", "mine"), "{}")))
        .singleElement()
        .asString()
        .contains("REGION was given for another project");
    assertThat(plugin.validateChange(request(), request(TARGET.replace("true", "false"), "{}")))
        .isEmpty();
    assertThat(
            plugin.validateChange(
                request(), request(TARGET.replace("shop", "mine").replace("eu", "us"), "{}")))
        .isEmpty();
  }

  @Test
  void aPipelineThatFails() {
    gitlab.script("failed");
    assertThat(((Step.Failed) ended(plugin.apply(request()))).message())
        .isEqualTo("Pipeline 287 ended with status: failed");
  }

  @Test
  void aDeletionCancelsWhatRunsAndRunsItsOwnPipeline() {
    gitlab.script("running");
    Step.Running running = (Step.Running) plugin.apply(request());
    Step.Running ending = (Step.Running) plugin.cancel(request(), running.handle());
    assertThat(plugin.cancel(request(), ending.handle())).isInstanceOf(Step.Done.class);
    assertThat(gitlab.statuses()).containsExactly("canceled");

    gitlab.script("success");
    assertThat(ended(plugin.destroy(request()))).isInstanceOf(Step.Done.class);
    assertThat(gitlab.started().getLast()).containsEntry("HEAL8S_OPERATION", "destroy");
    assertThat(plugin.destroy(request("{\"project\":21}", "{}"))).isInstanceOf(Step.Done.class);
    assertThat(gitlab.started()).hasSize(2);
    gitlab.assertConformant();
  }

  @Test
  void aPipelineThatTakesTooLongIsCancelled() {
    gitlab.script("running");
    Step.Running running = (Step.Running) plugin.apply(request());
    JsonNode old =
        Samples.json(running.handle().toString().replaceFirst("\"since\":\\d+", "\"since\":1"));
    assertThat(((Step.Failed) plugin.poll(request(), old)).message())
        .isEqualTo("Pipeline timed out after 3600s");
    assertThat(gitlab.statuses()).containsExactly("canceled");
  }

  @Test
  void aPipelineThatTakesTooLongHasFailedOnceGitlabTakesItsEnd() {
    gitlab.script("running");
    Step.Running running = (Step.Running) plugin.apply(request());
    JsonNode old =
        Samples.json(running.handle().toString().replaceFirst("\"since\":\\d+", "\"since\":1"));
    gitlab.fault = _ -> Reply.json(429, "{}").with("Retry-After", "30");
    assertThat(plugin.poll(request(), old))
        .isInstanceOfSatisfying(
            Step.Running.class,
            waiting -> assertThat(waiting.pollAfter()).isEqualTo(Duration.ofSeconds(30)));
    gitlab.fault = null;
    assertThat(plugin.poll(request(), old)).isInstanceOf(Step.Failed.class);
    assertThat(gitlab.statuses()).containsExactly("canceled");
  }

  @Test
  void whatGitlabRefusesIsSaid() {
    Step step = plugin.apply(request(TARGET.replace("}}", "},\"ref\":\"nowhere\"}"), "{}"));
    assertThat(((Step.Failed) step).message())
        .isEqualTo("Failed to start the pipeline: 400 {\"base\":[\"Reference not found\"]}");
    assertThat(((Step.Failed) plugin.apply(request("{\"project\":\"other/one\"}", "{}"))).message())
        .isEqualTo("Failed to start the pipeline: 404 404 Project Not Found");
    gitlab.fault = _ -> Reply.json(429, "{\"message\":\"slow down\"}").with("Retry-After", "30");
    assertThat(((Step.Failed) plugin.apply(request())).notBefore())
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(gitlab.started()).isEmpty();
  }

  @Test
  void aStartWhoseAnswerIsLostIsFoundByItsKey() {
    gitlab.fault = _ -> Reply.json(502, "");
    Step step = plugin.apply(request());
    assertThat(((Step.Unknown) step).message()).contains("7-1-1");
    gitlab.fault = null;
    assertThat(plugin.recover(request()))
        .as("nothing of that key is there, and that is no proof")
        .isInstanceOf(Step.Unknown.class);

    plugin.apply(request());
    Step.Running found = (Step.Running) plugin.recover(request());
    assertThat(found.handle().path("pipeline").asLong()).isEqualTo(287);
    gitlab.assertConformant();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pipelines?", "/variables?"})
  void nothingIsConcludedFromAListThatCannotBeRead(String list) {
    plugin.apply(request());
    gitlab.fault =
        asked -> asked.target().contains(list) ? Reply.json(502, "") : gitlab.properly(asked);
    Step.Running looking = (Step.Running) plugin.recover(request());
    looking = (Step.Running) plugin.poll(request(), looking.handle());
    assertThat(looking.handle().path("pipeline").asLong()).isZero();
    gitlab.fault = null;
    Step.Running found = (Step.Running) plugin.poll(request(), looking.handle());
    assertThat(found.handle().path("pipeline").asLong()).isEqualTo(287);
    gitlab.assertConformant();
  }

  @Test
  void aQuestionThatIsLostLeavesThePipeline() {
    Step.Running running = (Step.Running) plugin.apply(request());
    gitlab.fault = _ -> Reply.json(500, "");
    assertThat(plugin.poll(request(), running.handle())).isInstanceOf(Step.Running.class);
  }

  @Test
  void aWrongConfigurationIsRefusedBeforeAnythingIsStored() {
    assertThat(plugin.validateSpec(request())).isEmpty();
    assertThat(plugin.validateSpec(request("{}", "{}")))
        .singleElement()
        .asString()
        .contains("'project'");
    assertThat(
            plugin.validateSpec(
                request(
                    "{\"project\":\"../users\",\"ref\":1,\"destroy\":\"yes\",\"variables\":{\"HEAL8S_SPEC\":\"x\"}}",
                    "{}")))
        .hasSize(4);
    assertThatThrownBy(
            () ->
                new GitlabPipelinesPlugin()
                    .open(GivenEnvironment.of(Map.of("GITLAB_URL", "https://u:p@gitlab/"))))
        .hasMessageContaining("GITLAB_URL")
        .hasMessageNotContaining("u:p");
  }
}
