// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.testing.GivenEnvironment;
import io.heal8s.resource.testing.MoodyServer.Reply;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines that are looked for, cancelled or asked for while GitLab answers something else. */
class LostPipelineTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
  private final GitlabStandIn gitlab = new GitlabStandIn(now::get);
  private final GitlabPipelinesPlugin plugin = new GitlabPipelinesPlugin();

  @BeforeEach
  void open() {
    plugin.open(
        new GivenEnvironment(
            Map.of("GITLAB_URL", gitlab.url(), "GITLAB_TOKEN", GitlabStandIn.TOKEN),
            Map.of(),
            now::get));
  }

  @AfterEach
  void stop() {
    plugin.close();
    gitlab.close();
  }

  private void advance(Duration by) {
    now.updateAndGet(before -> before.plus(by));
  }

  /** Of a run that begins now. */
  private ActionRequest request() {
    return new ActionRequest(
        7,
        "production-pg",
        "Database",
        "v1",
        1,
        Samples.json("{\"size\":5}"),
        Samples.json("{\"project\":\"group/shop\",\"destroy\":true}"),
        Samples.json("{}"),
        Samples.json("{}"),
        "7-1-1",
        "",
        now.get());
  }

  @Test
  void aPipelineOfTheSameKeyFromBeforeTheStartIsAnothers() {
    ActionRequest before = request();
    plugin.apply(before);
    advance(Duration.ofDays(1));
    assertThat(plugin.recover(request()))
        .as("a database that was made anew gives the same keys again")
        .isInstanceOf(Step.Unknown.class);
    assertThat(plugin.recover(before)).isInstanceOf(Step.Running.class);
    plugin.apply(request());
    assertThat(((Step.Running) plugin.recover(request())).handle().path("pipeline").asLong())
        .isEqualTo(288);
    gitlab.assertConformant();
  }

  @Test
  void whenItBeganIsKnownWhileItIsLookedFor() {
    plugin.apply(request());
    advance(Duration.ofDays(1));
    gitlab.fault = _ -> Reply.json(502, "");
    Step.Running looking = (Step.Running) plugin.recover(request());
    gitlab.fault = null;
    assertThat(plugin.poll(request(), looking.handle())).isInstanceOf(Step.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429, 502})
  void aCancelIsSentUntilGitlabTakesIt(int status) {
    gitlab.script("running");
    Step.Running running = (Step.Running) plugin.apply(request());
    gitlab.fault =
        asked ->
            asked.target().endsWith("/cancel")
                ? Reply.json(status, "{\"message\":\"not now\"}")
                : gitlab.properly(asked);
    Step.Running ending = (Step.Running) plugin.cancel(request(), running.handle());
    assertThat(ending.message()).contains("not now");
    ending = (Step.Running) plugin.poll(request(), ending.handle());
    assertThat(gitlab.statuses()).containsExactly("running");
    gitlab.fault = null;
    ending = (Step.Running) plugin.poll(request(), ending.handle());
    assertThat(gitlab.statuses()).containsExactly("canceled");
    assertThat(plugin.poll(request(), ending.handle())).isInstanceOf(Step.Failed.class);
  }

  @Test
  void aPipelineThatIsStillLookedForIsCancelledOnceItIsFound() {
    gitlab.script("running");
    ActionRequest request = request();
    plugin.apply(request);
    gitlab.fault = _ -> Reply.json(502, "");
    Step.Running looking = (Step.Running) plugin.recover(request);
    looking = (Step.Running) plugin.cancel(request, looking.handle());
    gitlab.fault = null;
    Step.Running found = (Step.Running) plugin.poll(request, looking.handle());
    plugin.poll(request, found.handle());
    assertThat(gitlab.statuses()).containsExactly("canceled");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void whatGitlabRefusesToTellIsHeldAfterTheLongestTimeOfAPipeline(int status) {
    ActionRequest request = request();
    Step.Running known = (Step.Running) plugin.apply(request);
    gitlab.fault = _ -> Reply.json(status, "{\"message\":\"not for you\"}");
    Step.Running sought = (Step.Running) plugin.recover(request);
    for (Step.Running asked : new Step.Running[] {known, sought}) {
      assertThat(plugin.poll(request, asked.handle())).isInstanceOf(Step.Running.class);
    }
    advance(Duration.ofHours(2));
    for (Step.Running asked : new Step.Running[] {known, sought}) {
      assertThat(plugin.poll(request, asked.handle()))
          .isEqualTo(new Step.Unknown("GitLab refuses: %d not for you".formatted(status), true));
    }
  }

  @Test
  void ofAProjectThatIsGoneNothingIsKnown() {
    gitlab.fault = _ -> Reply.json(404, "{\"message\":\"404 Project Not Found\"}");
    assertThat(plugin.recover(request()))
        .isInstanceOfSatisfying(
            Step.Unknown.class, unknown -> assertThat(unknown.dispatched()).isFalse());
  }
}
