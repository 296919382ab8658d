// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import static io.heal8s.resource.plugin.action.github.GithubWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.github.Fault;
import io.heal8s.dev.github.Faults;
import io.heal8s.dev.github.WorkflowRuns.State;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Step;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How runs are followed and ended. */
class RunWatchTest {

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
  void aRateLimitIsWaitedOut() throws Exception {
    world.workflow("spec");
    world
        .github
        .faults()
        .always(Faults.Request::writes, Fault.secondaryLimit(Duration.ofSeconds(30)));
    Step step = world.plugin.apply(request());
    assertThat(step).isInstanceOf(Step.Failed.class);
    assertThat(((Step.Failed) step).notBefore()).isNotNull();
    assertThat(world.github.runs().dispatched()).isEmpty();
    world.github.faults().clear();
    assertThat(world.plugin.apply(request()))
        .as("nobody else asks meanwhile: that would make it longer")
        .isInstanceOfSatisfying(
            Step.Failed.class,
            failed ->
                assertThat(failed.notBefore())
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30)));
    assertThat(world.github.runs().dispatched()).isEmpty();
  }

  @Test
  void aFailedRun() throws Exception {
    world.workflow("spec");
    world.github.runs().script(State.completed("failure"));
    ActionRequest request = request();
    Step step = world.ended(world.plugin.apply(request));
    assertThat(step).isInstanceOf(Step.Failed.class);
    assertThat(((Step.Failed) step).message()).endsWith("failed with conclusion: failure");
  }

  @Test
  void aDeletedResourcesRunIsCancelled() throws Exception {
    world.workflow("spec");
    world.github.runs().script(State.IN_PROGRESS, State.IN_PROGRESS);
    ActionRequest request = request();
    Step.Running running = (Step.Running) world.plugin.apply(request);
    Step ending = world.plugin.cancel(request, running.handle());
    assertThat(ending).isInstanceOf(Step.Running.class);
    assertThat(world.plugin.cancel(request, ((Step.Running) ending).handle()))
        .isInstanceOf(Step.Done.class);
  }

  @Test
  void aRunThatTakesTooLongHasFailedOnceGithubTakesItsEnd() throws Exception {
    world.workflow("spec");
    world.github.runs().script(State.IN_PROGRESS);
    Step step = world.plugin.apply(request());
    world.advance(Duration.ofHours(2));
    Fault limit = Fault.secondaryLimit(Duration.ofSeconds(30));
    world.github.faults().next(_ -> true, limit);
    step = world.plugin.poll(request(), ((Step.Running) step).handle());
    assertThat(step)
        .as("its cancel is not sent while GitHub wants to hear nothing")
        .isInstanceOfSatisfying(
            Step.Running.class,
            waiting -> assertThat(waiting.pollAfter()).isEqualTo(Duration.ofSeconds(30)));
    world.advance(Duration.ofSeconds(31));
    world.github.faults().next(Faults.Request::writes, Fault.unavailable(502));
    step = world.plugin.poll(request(), ((Step.Running) step).handle());
    assertThat(step).isInstanceOf(Step.Running.class);
    assertThat(world.plugin.poll(request(), ((Step.Running) step).handle()))
        .isEqualTo(Step.Failed.because("Workflow timed out after 3600s"));
    assertThat(world.plugin.poll(request(), ((Step.Running) step).handle()))
        .as("it was cancelled")
        .isInstanceOfSatisfying(
            Step.Failed.class, failed -> assertThat(failed.message()).endsWith("cancelled"));
  }

  @Test
  void aRunThatSucceedsAtTheLastMomentHasNotFailed() throws Exception {
    world.workflow("spec");
    Step.Running running = (Step.Running) world.plugin.apply(request());
    world.github.runs().advance(running.handle().path("run").asLong(), State.completed("success"));
    world.advance(Duration.ofHours(2));
    world.github.faults().next(asked -> !asked.writes(), Fault.unavailable(502));
    assertThat(world.plugin.poll(request(), running.handle())).isInstanceOf(Step.Done.class);
  }
}
