// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.operator.act.PodExec;
import io.heal8s.operator.act.WebhookSender.Reply;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What goes wrong with one Remediation, or is done to it, stops no other and runs as no other. */
class IsolationTest {

  private static void pods(Stage stage, int count) {
    IntStream.rangeClosed(1, count)
        .forEach(i -> stage.world.workload.pods.put("p" + i, Rem.T0.minusSeconds(3600)));
  }

  private static Rem command(String name) {
    return Rem.fresh(name)
        .action(ActionType.ExecCommand)
        .direct()
        .approval(false)
        .as("runner")
        .arguments(Map.of("command", List.of("flush")));
  }

  private static ActionSpec drop() {
    Map<String, Object> arguments =
        Map.of("command", List.of("drop"), "podSelector", Map.of("app", "api"));
    return new ActionSpec(ActionType.ExecCommand, Map.of(), arguments, null);
  }

  @Test
  void anApprovedCallThatIsRetriedBecomesNoCommand() {
    Stage stage = new Stage();
    pods(stage, 1);
    stage.world.outside.receiver = new Reply.Answered(503);
    stage.world.remediations.create(
        Rem.fresh("a")
            .action(ActionType.CallWebhook)
            .direct()
            .approval(true)
            .as("runner")
            .asks("operator.kco.local/v1alpha1", "TargetApp", "web")
            .arguments(Map.of("url", "https://hooks.example/"))
            .build());
    stage.world.workload.app = Live.app(RunsTest.HOOK);
    stage.step(Duration.ZERO);
    Plan plan = Objects.requireNonNull(stage.status("a").plan());
    stage.world.remediations.annotate("a", "heal8s.io/approve", "eve");
    stage.world.remediations.annotate("a", "heal8s.io/approved-plan", plan.id());
    RunsTest.step(stage);
    assertThat(stage.status("a").reason()).isEqualTo("CallFailed");

    stage.world.remediations.ask("a", drop());
    RunsTest.step(stage);

    assertThat(stage.world.outside.commands).isEmpty();
    assertThat(stage.status("a").phase()).isEqualTo(Phase.Failed);
    assertThat(stage.status("a").reason()).isEqualTo("ActionEdited");
    assertThat(stage.status("a").message()).contains("answered 503");
  }

  @Test
  void aCommandEndsAsTheOneThatWasBegun() {
    Stage stage = new Stage();
    pods(stage, 2);
    stage.world.outside.whileItRuns = () -> stage.world.remediations.ask("a", drop());
    stage.world.remediations.create(command("a").build());
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));

    assertThat(stage.world.outside.commands)
        .containsExactly("p1/api as runner [flush]", "p2/api as runner [flush]");
    assertThat(stage.status("a").reason()).isEqualTo("CommandSucceeded");
  }

  @Test
  void aWebhookThatIsDownStopsNoRestart() {
    Stage stage = new Stage();
    pods(stage, 3);
    stage.world.workload.app = Live.app(RunsTest.RESTART);
    stage.world.outside.receiver = new Reply.Answered(503);
    stage.world.remediations.create(
        Rem.fresh("a")
            .action(ActionType.CallWebhook)
            .direct()
            .approval(false)
            .asks("operator.kco.local/v1alpha1", "TargetApp", "web")
            .arguments(Map.of("url", "https://hooks.example/"))
            .build());
    RunsTest.step(stage);
    stage.world.remediations.create(
        RunsTest.fromApp("b", ActionType.RestartPods, RunsTest.RESTART)
            .created(Duration.ofSeconds(1))
            .build());
    IntStream.range(0, 5).forEach(i -> RunsTest.step(stage));

    assertThat(stage.status("a").reason()).isEqualTo("CallFailed");
    assertThat(stage.world.workload.evicted).containsExactly("p1", "p2", "p3");
  }

  @Test
  void anEffectThatWaitsKeepsNobodyFromBeingTold() {
    Stage stage = new Stage();
    pods(stage, 3);
    stage.world.workload.budgetAllows = false;
    stage.world.remediations.create(
        Rem.fresh("a").action(ActionType.RestartPods).direct().approval(false).build());
    RunsTest.step(stage);
    assertThat(stage.status("a").reason()).isEqualTo("DisruptionBudget");
    stage.world.remediations.create(command("b").created(Duration.ofSeconds(1)).build());
    RunsTest.step(stage);

    assertThat(stage.status("b").reason()).isEqualTo("TargetBusy");
  }

  private static Rem patch(String name) {
    return Rem.fresh(name)
        .action(ActionType.PatchResource)
        .direct()
        .as("runner")
        .arguments(
            Map.of("patchData", Map.of("metadata", Map.of("labels", Map.of("level", "debug")))));
  }

  @Test
  void aRightThatAnAccountLostStopsThatOneAlone() {
    Stage stage = new Stage();
    stage.world.workload.need = 0;
    stage.world.remediations.create(patch("a").approval(true).build());
    stage.step(Duration.ZERO);
    assertThat(stage.status("a").phase()).isEqualTo(Phase.AwaitingApproval);

    stage.world.workload.refusesAccounts = "nobody may be runner; add this";
    Plan plan = Objects.requireNonNull(stage.status("a").plan());
    stage.world.remediations.annotate("a", "heal8s.io/approve", "eve");
    stage.world.remediations.annotate("a", "heal8s.io/approved-plan", plan.id());
    stage.world.remediations.create(
        Rem.fresh("b").direct().approval(false).created(Duration.ofSeconds(1)).build());
    stage.step(Duration.ofSeconds(2));
    stage.step(Duration.ofSeconds(61));
    stage.step(Duration.ofSeconds(61));

    assertThat(stage.status("a").reason()).isEqualTo("UnsupportedTarget");
    assertThat(stage.status("a").message()).isEqualTo("nobody may be runner; add this");
    RunsTest.succeeded(stage, "b");
    stage.step(Duration.ofHours(24));
    assertThat(stage.status("a").phase()).isEqualTo(Phase.Expired);
  }

  @Test
  void eachPodOfACommandIsARunOfItsOwnAndItsResultIsSeen() {
    Stage stage = new Stage();
    pods(stage, 3);
    List<String> seen = new ArrayList<>();
    stage.world.outside.whileItRuns =
        () -> {
          seen.add(Objects.requireNonNull(stage.status("a").message()));
          stage.world.pass(Duration.ofSeconds(300));
        };
    stage.world.remediations.create(command("a").build());
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));

    assertThat(seen)
        .containsExactly(
            "the command was begun; its result is recorded when it ends",
            "1 of 3 pods ended with exit code 0; p1: exit code 0",
            "2 of 3 pods ended with exit code 0; p1: exit code 0; p2: exit code 0");
    assertThat(stage.status("a").reason()).isEqualTo("CommandSucceeded");
  }

  @Test
  void aRunThatIsInterruptedBeginsNoFurtherPod() {
    Stage stage = new Stage();
    pods(stage, 2);
    stage.world.outside.whileItRuns = () -> Thread.currentThread().interrupt();
    stage.world.remediations.create(command("a").build());
    stage.step(Duration.ZERO);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(stage.world.outside.commands).hasSize(1);

    stage.world.outside.whileItRuns = () -> {};
    stage.step(Duration.ofSeconds(1));
    assertThat(stage.world.outside.commands).hasSize(2);
    assertThat(stage.status("a").reason()).isEqualTo("CommandSucceeded");
  }

  @Test
  void theResultOfManyPodsFitsIntoAStatus() {
    Stage stage = new Stage();
    pods(stage, 70);
    stage.world.outside.commandResult = new PodExec.Result.Exited(1, "x".repeat(500));
    stage.world.remediations.create(command("a").build());
    IntStream.range(0, 4).forEach(i -> RunsTest.step(stage));

    assertThat(stage.status("a").reason()).isEqualTo("CommandFailed");
    assertThat(stage.status("a").message())
        .startsWith("0 of 70 pods ended with exit code 0; p1: exit code 1")
        .endsWith("; and 50 more")
        .hasSizeLessThan(32_768);
  }
}
