// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import static io.heal8s.resource.plugin.action.github.GithubWorld.KEY;
import static io.heal8s.resource.plugin.action.github.GithubWorld.SPEC;
import static io.heal8s.resource.plugin.action.github.GithubWorld.TARGET;
import static io.heal8s.resource.plugin.action.github.GithubWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.github.Exchanged;
import io.heal8s.dev.github.Fault;
import io.heal8s.dev.github.Faults;
import io.heal8s.dev.github.WorkflowRuns.State;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dispatches of which it is not known which run they began, or whether they began any. */
class LostDispatchTest {

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
  void anOlderServerDoesNotTellTheRunAndNobodyGuesses() throws Exception {
    world.workflow("spec");
    world.github.runs().withoutRunDetails();
    assertThat(world.plugin.apply(request())).isInstanceOf(Step.Unknown.class);
  }

  @Test
  void anOlderServerTellsTheRunByItsTitle() throws Exception {
    world.workflow("spec", "correlation_id");
    world.github.runs().titledBy("correlation_id");
    world.github.runs().withoutRunDetails();
    world.github.runs().script(State.completed("success"));
    ActionRequest request = request();
    assertThat(world.ended(world.plugin.apply(request))).isInstanceOf(Step.Done.class);
    assertThat(world.github.runs().dispatched()).hasSize(1);
    world.github.assertConformant();
  }

  @Test
  void aDispatchThatTheRunsTitleTellsIsAskedForUntilGithubAnswers() throws Exception {
    world.workflow("spec", "correlation_id");
    world.github.runs().titledBy("correlation_id");
    world.github.runs().script(State.completed("success"));
    world.github.faults().next(Faults.Request::writes, new Fault.LostReply());
    ActionRequest request = request();
    Step unsure = world.plugin.apply(request);
    assertThat(unsure).isInstanceOf(Step.Running.class);
    world.github.faults().always(asked -> asked.path().contains("/runs"), Fault.unavailable(503));
    assertThat(world.plugin.poll(request, ((Step.Running) unsure).handle()))
        .isInstanceOf(Step.Running.class);
    // So does another process that finds it written ahead.
    Step recovered = world.plugin.recover(request);
    assertThat(recovered).isInstanceOf(Step.Running.class);
    world.github.faults().clear();
    assertThat(world.ended(recovered)).isInstanceOf(Step.Done.class);
    assertThat(world.github.runs().dispatched()).hasSize(1);
  }

  @Test
  void aDispatchWhoseAnswerIsLostIsUnknown() throws Exception {
    world.workflow("spec");
    world.github.faults().next(Faults.Request::writes, new Fault.LostReply());
    Step step = world.plugin.apply(request());
    assertThat(step).isInstanceOf(Step.Unknown.class);
    assertThat(((Step.Unknown) step).message()).contains(KEY);
    assertThat(world.plugin.recover(request())).isInstanceOf(Step.Unknown.class);
  }

  static Stream<Fault> unanswered() {
    return Stream.of(
        Fault.unavailable(502),
        Fault.secondaryLimit(Duration.ofSeconds(30)),
        new Fault.LostRequest());
  }

  static Stream<Fault> troubles() {
    return Stream.concat(unanswered(), Stream.of(Fault.forbidden()));
  }

  /** What is written ahead and was dispatched, by a process that was killed before the answer. */
  private void dispatchedUnseen() {
    world.github.runs().titledBy("correlation_id");
    world.plugin.apply(request());
    assertThat(world.github.runs().dispatched()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void theRunIsFoundThoughTheWorkflowFileCannotBeRead(Fault trouble) throws Exception {
    world.workflow("spec", "correlation_id");
    dispatchedUnseen();
    world.github.faults().always(asked -> asked.path().contains("/contents/"), trouble);
    assertThat(world.plugin.recover(request()))
        .isInstanceOfSatisfying(
            Step.Running.class, found -> assertThat(found.message()).contains("started"));
  }

  @ParameterizedTest
  @MethodSource("unanswered")
  void nothingIsConcludedFromAListThatCannotBeRead(Fault trouble) throws Exception {
    world.workflow("spec", "correlation_id");
    dispatchedUnseen();
    world.github.faults().always(_ -> true, trouble);
    Step step = world.plugin.recover(request());
    // Long after a run would be listed, and after it would have taken too long.
    for (Duration later : new Duration[] {Duration.ofMinutes(6), Duration.ofHours(2)}) {
      assertThat(step).isInstanceOf(Step.Running.class);
      world.advance(later);
      step = world.plugin.poll(request(), ((Step.Running) step).handle());
    }
    world.github.faults().clear();
    world.advance(Duration.ofMinutes(2));
    assertThat(world.plugin.poll(request(), ((Step.Running) step).handle()))
        .isInstanceOfSatisfying(
            Step.Running.class,
            found -> assertThat(found.handle().path("run").asLong()).isPositive());
  }

  @Test
  void aRunOfEitherWorkflowIsFoundLater() throws Exception {
    world.workflow("spec", "correlation_id");
    world.workflowIn("gone.yml", "spec", "correlation_id");
    world.github.runs().titledBy("correlation_id");
    ActionRequest both =
        request(SPEC, TARGET.replace("}", ",\"destroy_workflow\":\"gone.yml\"}"), "{}");
    Step.Running looking = (Step.Running) world.plugin.recover(both);
    world.plugin.destroy(both);
    assertThat(world.plugin.poll(both, looking.handle()))
        .isInstanceOfSatisfying(
            Step.Running.class,
            found -> assertThat(found.handle().path("run").asLong()).isPositive());
  }

  @Test
  void whatWasNotDispatchedIsUnknownAfterAWhile() throws Exception {
    world.workflow("spec", "correlation_id");
    Step.Running looking = (Step.Running) world.plugin.recover(request());
    world.advance(Duration.ofMinutes(6));
    assertThat(world.plugin.poll(request(), looking.handle()))
        .isInstanceOfSatisfying(
            Step.Unknown.class, unknown -> assertThat(unknown.dispatched()).isFalse());
  }

  @Test
  void whatGithubTookIsNeverTakenForNotDispatched() throws Exception {
    world.workflow("spec", "correlation_id");
    world.github.runs().withoutRunDetails();
    Step.Running looking = (Step.Running) world.plugin.apply(request());
    world.advance(Duration.ofMinutes(6));
    assertThat(world.plugin.poll(request(), looking.handle()))
        .as("its run-name does not show the key")
        .isInstanceOfSatisfying(
            Step.Unknown.class, unknown -> assertThat(unknown.dispatched()).isTrue());
  }

  @Test
  void aKeyIsNotFoundInsideAnotherOne() throws Exception {
    world.workflow("spec", "correlation_id");
    world.github.runs().titledBy("correlation_id");
    for (String other : new String[] {"1" + KEY, KEY + "2"}) {
      world.advance(Duration.ofSeconds(1));
      world.plugin.apply(request(SPEC, TARGET, "{}", other));
    }
    assertThat(((Step.Running) world.plugin.recover(request())).message())
        .isEqualTo("Waiting for GitHub: whether it was dispatched");
  }

  @Test
  void aRunOfTheSameKeyFromBeforeTheDispatchIsAnothers() throws Exception {
    world.workflow("spec", "correlation_id");
    dispatchedUnseen();
    world.advance(Duration.ofDays(1));
    ActionRequest today = request(world.now());
    Step.Running looking = (Step.Running) world.plugin.recover(today);
    assertThat(looking.message())
        .as("a database that was made anew gives the same keys again")
        .isEqualTo("Waiting for GitHub: whether it was dispatched");
    looking = (Step.Running) world.plugin.poll(today, looking.handle());
    assertThat(looking.handle().path("run").asLong()).isZero();
    world.plugin.apply(today);
    Step.Running found = (Step.Running) world.plugin.poll(today, looking.handle());
    assertThat(found.handle().path("run").asLong())
        .isEqualTo(world.github.runs().dispatched().getLast().id());
  }

  @Test
  void aRunIsFoundBehindAHundredOthers() throws Exception {
    world.workflow("spec", "correlation_id");
    dispatchedUnseen();
    for (int i = 0; i < 100; i++) {
      world.advance(Duration.ofSeconds(1));
      world.plugin.apply(request(SPEC, TARGET, "{}", "8-1-" + i));
    }
    assertThat(((Step.Running) world.plugin.recover(request())).message()).contains("started");
    assertThat(world.github.exchanged())
        .extracting(Exchanged::path)
        .anyMatch(path -> path.endsWith("&page=2"));
    world.github.assertConformant();
  }

  @Test
  void runsFromBeforeTheDispatchAreNotLookedAt() throws Exception {
    world.workflow("spec", "correlation_id");
    for (int i = 0; i < 100; i++) {
      world.advance(Duration.ofSeconds(1));
      world.plugin.apply(request(SPEC, TARGET, "{}", "8-1-" + i));
    }
    world.advance(Duration.ofMinutes(10));
    world.github.runs().withoutRunDetails();
    Step.Running looking = (Step.Running) world.plugin.apply(request());
    assertThat(world.plugin.poll(request(), looking.handle())).isInstanceOf(Step.Running.class);
    assertThat(world.github.exchanged())
        .extracting(Exchanged::path)
        .anyMatch(path -> path.endsWith("&page=1"))
        .noneMatch(path -> path.endsWith("&page=2"));
  }

  @Test
  void aWorkflowWhoseInputsCannotBeReadNowIsNotDispatchedNow() throws Exception {
    world.workflow("engine", "storage_gb", "correlation_id");
    world
        .github
        .faults()
        .next(asked -> asked.path().contains("/contents/"), Fault.unavailable(502));
    assertThat(world.plugin.apply(request())).isInstanceOf(Step.Failed.class);
    assertThat(world.github.runs().dispatched())
        .as("without its key the run could not be found again")
        .isEmpty();
  }
}
