// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import static io.heal8s.resource.plugin.action.github.GithubWorld.SPEC;
import static io.heal8s.resource.plugin.action.github.GithubWorld.TARGET;
import static io.heal8s.resource.plugin.action.github.GithubWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.dev.github.Exchanged;
import io.heal8s.dev.github.Fault;
import io.heal8s.dev.github.WorkflowRuns.State;
import io.heal8s.resource.plugin.ActionRequest;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What GitHub lets one caller do is not exceeded. */
class LimitsTest {

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

  private List<Integer> looks() {
    return world.github.exchanged().stream()
        .filter(each -> each.path().matches(".*/actions/runs/\\d+"))
        .map(Exchanged::status)
        .toList();
  }

  @Test
  void aRunThatDoesNotChangeCostsNothing() throws Exception {
    world.workflow("spec");
    world.github.runs().script(State.IN_PROGRESS);
    Step.Running running = (Step.Running) world.plugin.apply(request());
    for (int i = 0; i < 5; i++) {
      running = (Step.Running) world.plugin.poll(request(), running.handle());
    }
    assertThat(looks()).containsExactly(200, 304, 304, 304, 304);
    world.github.runs().advance(running.handle().path("run").asLong(), State.completed("success"));
    assertThat(world.plugin.poll(request(), running.handle())).isInstanceOf(Step.Done.class);
  }

  @Test
  void dispatchesAreASecondApartAndNothingIsReadForOneThatWaits() throws Exception {
    world.workflow("spec");
    world.plugin.apply(request());
    int before = world.github.exchanged().size();
    Step waits = world.plugin.apply(request(SPEC, TARGET, "{}", "8-1-1"));
    assertThat(waits)
        .isEqualTo(
            new Step.Later(
                Duration.ofSeconds(1),
                "Waiting for GitHub: one write a second, at most 500 an hour"));
    assertThat(world.github.exchanged()).hasSize(before);
    world.advance(Duration.ofSeconds(1));
    assertThat(world.plugin.apply(request(SPEC, TARGET, "{}", "8-1-1")))
        .isInstanceOf(Step.Running.class);
    assertThat(world.github.runs().dispatched()).hasSize(2);
  }

  @Test
  void ofTheResourcesOfOneWorkflowEachHasATurnOfItsOwn() throws Exception {
    world.workflow("spec");
    PlanResult first = world.plugin.plan(of(1));
    for (int i = 0; i < 1_000 && !(first instanceof PlanResult.Later); i++) {
      first = world.plugin.plan(of(1));
    }
    Set<Duration> pauses = new HashSet<>();
    for (int resource = 1; resource <= 5; resource++) {
      pauses.add(((PlanResult.Later) world.plugin.plan(of(resource))).pause());
    }
    assertThat(pauses).hasSize(5);
  }

  private static ActionRequest of(long resource) {
    ActionRequest usual = request();
    return new ActionRequest(
        resource,
        usual.resourceName(),
        usual.typeName(),
        usual.typeVersion(),
        usual.generation(),
        usual.spec(),
        usual.pluginConfig(),
        usual.typeMetadata(),
        usual.outputs(),
        usual.dispatchKey());
  }

  @Test
  void looksAreSpreadWhereFewCallsAreLeft() throws Exception {
    world.workflow("spec");
    world.github.runs().script(State.IN_PROGRESS);
    Step.Running running = (Step.Running) world.plugin.apply(request());
    world.github.remaining(1_501);
    for (int i = 0; i < 3; i++) {
      running = (Step.Running) world.plugin.poll(request(), running.handle());
    }
    assertThat(looks()).as("the first tells it, the third is put off").hasSize(2);
    assertThat(running.pollAfter()).isBetween(Duration.ofMillis(3_500), Duration.ofMillis(3_700));
    assertThat(running.message()).contains("less than half of the hour's calls are left");
    world.advance(running.pollAfter());
    world.plugin.poll(request(), running.handle());
    assertThat(looks()).hasSize(3);
  }

  @Test
  void nothingIsSentOnceNothingIsLeft() throws Exception {
    world.workflow("spec");
    Step.Running running = (Step.Running) world.plugin.apply(request());
    world.github.remaining(1);
    running = (Step.Running) world.plugin.poll(request(), running.handle());
    int before = world.github.exchanged().size();
    running = (Step.Running) world.plugin.poll(request(), running.handle());
    assertThat(world.github.exchanged()).hasSize(before);
    assertThat(running.pollAfter()).isGreaterThan(Duration.ofMinutes(59));
  }

  @Test
  void theOutputsOfARunAreNotLostToALimit() throws Exception {
    world.workflow("spec");
    world.github.runs().script(State.completed("success"));
    Step.Running running = (Step.Running) world.plugin.apply(request());
    world
        .github
        .faults()
        .next(
            asked -> asked.path().contains("/jobs"), Fault.secondaryLimit(Duration.ofSeconds(30)));
    running = (Step.Running) world.plugin.poll(request(), running.handle());
    assertThat(running.pollAfter()).isEqualTo(Duration.ofSeconds(30));
    world.advance(Duration.ofSeconds(31));
    assertThat(world.plugin.poll(request(), running.handle()))
        .isInstanceOfSatisfying(
            Step.Done.class,
            done -> assertThat(Objects.requireNonNull(done.outputs()).path("jobs")).isNotEmpty());
  }
}
