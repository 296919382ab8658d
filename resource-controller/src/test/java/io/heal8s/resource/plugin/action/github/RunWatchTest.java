// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import static io.heal8s.resource.plugin.action.github.GithubWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.github.Fault;
import io.heal8s.dev.github.Faults;
import io.heal8s.dev.github.WorkflowRuns.State;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void aRateLimitIsWaitedOutAndIsNoFailure() throws Exception {
    world.workflow("spec");
    world
        .github
        .faults()
        .always(Faults.Request::writes, Fault.secondaryLimit(Duration.ofSeconds(30)));
    String message = "Waiting for GitHub: nothing is sent for now: GitHub asked for that";
    assertThat(world.plugin.apply(request()))
        .as("the same words at each try: others are news to whoever watches")
        .isEqualTo(new Step.Later(Duration.ofSeconds(30), message));
    world.github.faults().clear();
    world.advance(Duration.ofSeconds(5));
    assertThat(world.plugin.apply(request()))
        .as("nobody else asks meanwhile: that would make it longer")
        .isEqualTo(new Step.Later(Duration.ofSeconds(25), message));
    assertThat(world.plugin.plan(request()))
        .isEqualTo(new PlanResult.Later(Duration.ofSeconds(25), message));
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
    world.advance(Duration.ofSeconds(1));
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
    world.advance(Duration.ofSeconds(1));
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

  static Stream<Fault> troubles() {
    return Stream.of(
        Fault.unavailable(502),
        Fault.secondaryLimit(Duration.ofSeconds(30)),
        new Fault.LostRequest());
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void aCancelIsSentUntilGithubTakesItAndThenNoMore(Fault trouble) throws Exception {
    world.workflow("spec");
    world.github.runs().script(State.IN_PROGRESS);
    Step.Running running = (Step.Running) world.plugin.apply(request());
    world.github.faults().next(Faults.Request::writes, trouble);
    world.advance(Duration.ofSeconds(1));
    Step.Running ending = (Step.Running) world.plugin.cancel(request(), running.handle());
    world.advance(Duration.ofSeconds(31));
    Step.Running taken = (Step.Running) world.plugin.poll(request(), ending.handle());
    assertCancelled(taken);
    world.github.runs().advance(running.handle().path("run").asLong(), State.IN_PROGRESS);
    assertThat(world.plugin.poll(request(), taken.handle()))
        .as("its last steps run in any case")
        .isInstanceOf(Step.Running.class);
    assertThat(world.github.exchanged())
        .filteredOn(each -> each.path().endsWith("/cancel") && each.status() == 202)
        .hasSize(1);
  }

  @Test
  void aRunThatIsStillLookedForIsCancelledOnceItIsFound() throws Exception {
    world.workflow("spec", "correlation_id");
    world.github.runs().titledBy("correlation_id");
    world.github.runs().withoutRunDetails();
    world.github.runs().script(State.IN_PROGRESS);
    Step.Running looking = (Step.Running) world.plugin.apply(request());
    Step.Running found = (Step.Running) world.plugin.cancel(request(), looking.handle());
    world.advance(Duration.ofSeconds(1));
    assertCancelled((Step.Running) world.plugin.poll(request(), found.handle()));
  }

  private void assertCancelled(Step.Running asked) {
    assertThat(world.plugin.poll(request(), asked.handle()))
        .isInstanceOfSatisfying(
            Step.Failed.class, failed -> assertThat(failed.message()).endsWith("cancelled"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void whatGithubRefusesToTellIsHeldAfterTheLongestTimeOfARun(int status) throws Exception {
    world.workflow("spec", "correlation_id");
    world.github.runs().script(State.IN_PROGRESS);
    Step known = world.plugin.apply(request());
    world.github.runs().withoutRunDetails();
    world.advance(Duration.ofSeconds(1));
    Step sought = world.plugin.apply(request());
    world.github.faults().always(_ -> true, new Fault.Answered(status, "not for you", Map.of()));
    for (Step step : List.of(known, sought)) {
      Step.Running refused =
          (Step.Running) world.plugin.poll(request(), ((Step.Running) step).handle());
      assertThat(refused.message()).contains("not for you");
    }
    world.advance(Duration.ofHours(2));
    for (Step step : List.of(known, sought)) {
      Step held = world.plugin.poll(request(), ((Step.Running) step).handle());
      assertThat(held)
          .isEqualTo(new Step.Unknown("GitHub refuses: %d not for you".formatted(status), true));
    }
  }
}
