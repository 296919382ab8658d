// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The process is killed before and after every call that it makes, in every story; a new one takes
 * over. The end must be the same, with the same effects on the workload, each made once.
 */
class CrashTest {

  /** One story: what people do, step by step. */
  private record Story(String name, Consumer<Stage> tell) {}

  /** What counts in the end. */
  private record End(List<String> phases, String limit, long generation, List<String> causes) {}

  private static final List<Story> STORIES =
      List.of(
          new Story(
              "git, healthy",
              stage -> {
                stage.world.remediations.create(Rem.fresh("a").build());
                stage.step(Duration.ZERO);
                stage.people.openPullRequests();
                stage.step(Duration.ofSeconds(1));
                stage.people.merge("a");
                stage.step(Duration.ofSeconds(1));
                stage.people.sync();
                stage.step(Duration.ofSeconds(1));
                stage.step(Duration.ofSeconds(61));
              }),
          new Story(
              "git, reverted",
              stage -> {
                stage.world.workload.need = 1L << 40;
                stage.world.remediations.create(Rem.fresh("a").build());
                stage.step(Duration.ZERO);
                stage.people.openPullRequests();
                stage.people.merge("a");
                stage.step(Duration.ofSeconds(1));
                stage.people.sync();
                stage.step(Duration.ofSeconds(1));
                stage.step(Duration.ofMinutes(10));
                stage.people.openPullRequests();
                stage.people.merge("a");
                stage.step(Duration.ofSeconds(1));
                stage.people.sync();
                stage.step(Duration.ofSeconds(1));
              }),
          new Story(
              "git, refused, and the next of its cause",
              stage -> {
                stage.world.remediations.create(Rem.fresh("a").build());
                stage.step(Duration.ZERO);
                stage.people.openPullRequests();
                stage.step(Duration.ofSeconds(1));
                stage.people.close("a");
                stage.step(Duration.ofSeconds(1));
                stage.world.remediations.create(
                    Rem.fresh("b").created(Duration.ofMinutes(1)).build());
                stage.step(Duration.ofMinutes(1));
              }),
          new Story(
              "direct, healthy, two at once",
              stage -> {
                stage.world.remediations.create(Rem.fresh("a").direct().approval(false).build());
                stage.world.remediations.create(
                    Rem.fresh("b")
                        .direct()
                        .approval(false)
                        .startsAt(Duration.ofSeconds(-1))
                        .build());
                stage.step(Duration.ZERO);
                stage.step(Duration.ofSeconds(1));
                stage.step(Duration.ofSeconds(61));
                stage.step(Duration.ofSeconds(61));
              }),
          new Story(
              "direct, approved, taken back",
              stage -> {
                stage.world.workload.need = 1L << 40;
                stage.world.remediations.create(Rem.fresh("a").direct().build());
                stage.step(Duration.ZERO);
                Plan plan = Objects.requireNonNull(stage.status("a").plan());
                stage.world.remediations.annotate("a", "heal8s.io/approve", "eve");
                stage.world.remediations.annotate("a", "heal8s.io/approved-plan", plan.id());
                stage.step(Duration.ofSeconds(1));
                stage.step(Duration.ofMinutes(11));
                stage.step(Duration.ofSeconds(1));
              }),
          new Story(
              "direct, rejected",
              stage -> {
                stage.world.remediations.create(Rem.fresh("a").direct().build());
                stage.step(Duration.ZERO);
                stage.world.remediations.annotate("a", "heal8s.io/reject", "eve");
                stage.step(Duration.ofSeconds(1));
              }),
          new Story(
              "direct, changed since",
              stage -> {
                stage.world.workload.need = 1L << 40;
                stage.world.remediations.create(Rem.fresh("a").direct().approval(false).build());
                stage.step(Duration.ZERO);
                stage.world.workload.setLimit("1Gi");
                stage.step(Duration.ofMinutes(11));
                stage.step(Duration.ofHours(25));
              }));

  private static Stage play(Story story, int callsToLive) {
    Stage stage = new Stage();
    stage.world.calls.toLive = callsToLive;
    story.tell().accept(stage);
    return stage;
  }

  private static End end(Stage stage) {
    LiveObject live = Objects.requireNonNull(stage.world.workload.deployment);
    return new End(
        stage.world.remediations.all().stream()
            .map(Remediation::statusOrEmpty)
            .map(status -> status.phase() + "/" + status.reason())
            .toList(),
        stage.world.workload.limit(),
        live.generation(),
        stage.world.remediations.all().stream()
            .map(one -> Objects.toString(one.getMetadata().getLabels()))
            .toList());
  }

  @TestFactory
  Stream<DynamicTest> endsTheSame() {
    return STORIES.stream()
        .flatMap(
            story -> {
              Stage undisturbed = play(story, -1);
              End wanted = end(undisturbed);
              return Stream.iterate(
                      0, call -> call < undisturbed.world.calls.made, call -> call + 1)
                  .map(
                      call ->
                          DynamicTest.dynamicTest(
                              story.name() + ", killed at call " + call,
                              () -> check(story, call, wanted)));
            });
  }

  private static void check(Story story, int call, End wanted) {
    Stage stage = play(story, call);

    assertThat(stage.deaths).as("the kill was really played").isEqualTo(1);
    assertThat(end(stage)).isEqualTo(wanted);
    assertThat(stage.world.rules.broken).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> everyStoryEnds() {
    return STORIES.stream()
        .map(
            story ->
                DynamicTest.dynamicTest(
                    story.name(),
                    () ->
                        assertThat(play(story, -1).world.remediations.all())
                            .allSatisfy(
                                one ->
                                    assertThat(
                                            Objects.requireNonNull(one.statusOrEmpty().phase())
                                                .isEnd())
                                        .isTrue())));
  }
}
