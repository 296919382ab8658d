// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.naming.ActionDigest;
import io.heal8s.operator.act.PodExec;
import io.heal8s.operator.act.WebhookSender.Reply;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Lives of actions that are no change of values, undisturbed and killed at every call. */
class RunsTest {

  static final String HOOK =
      """
      {"trigger":{"field":"health","condition":"equals","value":"bad"},"action":"webhook",
       "parameters":{"url":"https://hooks.example/T0/SECRET","payload":{
         "text":"{{tapp_name}} in {{ namespace }} is {{ health.word }}","timestamp":"mine"}}}
      """;
  static final String RESTART = "{\"trigger\":{},\"action\":\"restart_pod\"}";

  static Rem fromApp(String name, ActionType type, String action) {
    return Rem.fresh(name)
        .action(type)
        .direct()
        .approval(false)
        .asks("operator.kco.local/v1alpha1", "TargetApp", "web")
        .from(
            new ArgumentsFrom(
                "TargetApp", "web", "uid-web", 0, ActionDigest.of(JsonParser.parseString(action))));
  }

  static Remediation hook(String name) {
    return fromApp(name, ActionType.CallWebhook, HOOK)
        .param("timestamp", "2026-03-01T11:59:59.000001+00:00")
        .param("stateChange", "{\"isInitial\":false,\"changedFields\":[\"health\"]}")
        .param("variables", "{\"health.word\":\"bad \\\"quoted\\\"\"}")
        .build();
  }

  private static void call(Stage stage) {
    stage.world.workload.app = Live.app(HOOK);
    stage.world.remediations.create(hook("a"));
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));
  }

  @Test
  void aCallHasTheOriginalsBody() {
    Stage stage = new Stage();
    call(stage);

    assertThat(stage.status("a").phase()).isEqualTo(Phase.Succeeded);
    assertThat(stage.status("a").reason()).isEqualTo("Delivered");
    assertThat(stage.world.outside.delivered).hasSize(1);
    assertThat(JsonParser.parseString(stage.world.outside.delivered.getFirst()))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"timestamp":"mine","targetApp":{"name":"web","namespace":"shop"},
                 "stateChange":{"isInitial":false,"changedFields":["health"]},
                 "trigger":{"field":"health","condition":"equals","value":"bad"},
                 "action":"webhook","text":"web in shop is bad \\"quoted\\""}
                """));
    assertThat(stage.world.remediations.get("a").toString()).doesNotContain("SECRET");
    assertThat(stage.world.rules.broken).isEmpty();
  }

  @Test
  void callsOfOneTargetComeInTheOrderOfTheirCreationAndHaveNoCooldown() {
    Stage stage = new Stage();
    stage.world.workload.app = Live.app(HOOK);
    stage.world.remediations.create(hook("b"));
    stage.world.remediations.create(hook("a"));
    for (int i = 0; i < 5; i++) {
      stage.step(Duration.ofSeconds(1));
    }

    assertThat(stage.world.outside.deliveryKeys).hasSize(2);
    assertThat(stage.world.outside.deliveryKeys.getFirst()).startsWith("uid-a/");
    assertThat(stage.status("b").phase()).isEqualTo(Phase.Succeeded);
  }

  @Test
  void aCallIsRepeatedUnderOneKeyUntilItIsTaken() {
    Stage stage = new Stage();
    stage.world.outside.receiver = new Reply.Answered(503);
    stage.world.workload.app = Live.app(HOOK);
    stage.world.remediations.create(hook("a"));
    IntStream.range(0, 3).forEach(i -> step(stage));
    stage.world.outside.receiver = new Reply.Answered(204);
    stage.step(Duration.ofSeconds(2));

    assertThat(stage.status("a").phase()).isEqualTo(Phase.Succeeded);
    assertThat(stage.world.outside.delivered.size()).isGreaterThan(1);
    assertThat(new HashSet<>(stage.world.outside.deliveryKeys)).hasSize(1);
  }

  static void step(Stage stage) {
    stage.step(Duration.ofSeconds(1));
  }

  @Test
  void aCallThatIsRefusedForGoodFails() {
    Stage stage = new Stage();
    stage.world.outside.receiver = new Reply.Answered(302);
    call(stage);

    assertThat(stage.status("a").phase()).isEqualTo(Phase.Failed);
    assertThat(stage.status("a").reason()).isEqualTo("NotDelivered");
    assertThat(stage.status("a").message()).contains("302", "redirects");
  }

  @Test
  void anAddressThatMayNotBeCalledIsStalled() {
    Stage stage = new Stage();
    stage.world.outside.receiver =
        new Reply.Refused("port 8080 is not one of the allowed ports [443]");
    call(stage);

    assertThat(stage.status("a").phase()).isEqualTo(Phase.Pending);
    assertThat(stage.status("a").reason()).isEqualTo("ApplyRefused");
  }

  @Test
  void anActionThatChangedIsNotCarriedOut() {
    Stage stage = new Stage();
    stage.world.remediations.create(hook("a"));
    stage.step(Duration.ZERO);
    assertThat(stage.status("a").reason()).isEqualTo("ArgumentsGone");

    stage = new Stage();
    stage.world.workload.app = Live.app(HOOK.replace("SECRET", "OTHER"));
    stage.world.remediations.create(hook("a"));
    stage.step(Duration.ZERO);
    assertThat(stage.status("a").reason()).isEqualTo("ArgumentsChanged");
    assertThat(stage.world.outside.delivered).isEmpty();
  }

  private static void restart(Stage stage) {
    begun(stage);
    for (int i = 0; i < 8; i++) {
      stage.step(Duration.ofSeconds(1));
    }
    stage.step(Duration.ofSeconds(61));
    stage.step(Duration.ofSeconds(61));
  }

  private static void begun(Stage stage) {
    stage.world.workload.app = Live.app(RESTART);
    for (String pod : List.of("p1", "p2", "p3")) {
      stage.world.workload.pods.put(pod, Rem.T0.minusSeconds(3600));
    }
    stage.world.remediations.create(fromApp("a", ActionType.RestartPods, RESTART).build());
  }

  @Test
  void everyOldPodIsEvictedOnce() {
    Stage stage = new Stage();
    restart(stage);

    assertThat(stage.world.workload.evicted).containsExactly("p1", "p2", "p3");
    assertThat(stage.status("a").phase()).isEqualTo(Phase.Succeeded);
    assertThat(stage.world.rules.broken).isEmpty();
  }

  @Test
  void aBudgetThatAllowsNoEvictionIsWaitedFor() {
    Stage stage = new Stage();
    stage.world.workload.budgetAllows = false;
    begun(stage);
    step(stage);
    step(stage);
    assertThat(stage.world.workload.evicted).isEmpty();
    assertThat(stage.status("a").reason()).isEqualTo("DisruptionBudget");

    stage.world.workload.budgetAllows = true;
    stage.step(Duration.ofSeconds(5));
    IntStream.range(0, 4).forEach(i -> step(stage));
    IntStream.range(0, 2).forEach(i -> stage.step(Duration.ofSeconds(61)));
    assertThat(stage.status("a").phase()).isEqualTo(Phase.Succeeded);
  }

  private static void command(Stage stage) {
    stage.world.workload.pods.put("p1", Rem.T0.minusSeconds(3600));
    stage.world.workload.pods.put("p2", Rem.T0.minusSeconds(3600));
    stage.world.remediations.create(
        Rem.fresh("a")
            .action(ActionType.ExecCommand)
            .direct()
            .approval(false)
            .as("runner")
            .arguments(Map.of("command", List.of("flush")))
            .build());
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));
  }

  @Test
  void aCommandRunsInEveryPodAsTheAccount() {
    Stage stage = new Stage();
    command(stage);

    assertThat(stage.world.outside.commands)
        .containsExactly("p1/api as runner [flush]", "p2/api as runner [flush]");
    assertThat(stage.status("a").reason()).isEqualTo("CommandSucceeded");
  }

  @Test
  void anExitCodeIsToldAndTokensInTheOutputAreNot() {
    Stage stage = new Stage();
    stage.world.outside.commandResult =
        new PodExec.Result.Exited(3, "Authorization: Bearer abcdefghijklmnop refused");
    command(stage);

    assertThat(stage.status("a").phase()).isEqualTo(Phase.Failed);
    assertThat(stage.status("a").message())
        .contains("0 of 2 pods", "exit code 3", "refused")
        .doesNotContain("abcdefghijklmnop");
  }

  private static void scale(Stage stage) {
    stage.world.remediations.create(
        Rem.fresh("a")
            .action(ActionType.ScaleTo)
            .direct()
            .approval(false)
            .arguments(Map.of("replicas", 0))
            .build());
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));
  }

  @Test
  void aNumberIsSetEvenIfItIsLower() {
    Stage stage = new Stage();
    scale(stage);

    assertThat(Objects.requireNonNull(stage.world.workload.deployment).text("spec.replicas"))
        .isEqualTo("0");
    assertThat(stage.status("a").phase()).isEqualTo(Phase.Succeeded);
  }

  @TestFactory
  Stream<DynamicTest> killedAnywhere() {
    return Stream.of(
            Killing.everywhere("call", RunsTest::call, RunsTest::delivered),
            Killing.everywhere("restart", RunsTest::restart, RunsTest::restarted),
            Killing.everywhere("command", RunsTest::command, RunsTest::begunOnce),
            Killing.everywhere("scale", RunsTest::scale, RunsTest::succeeded))
        .flatMap(tests -> tests);
  }

  static void succeeded(Stage stage) {
    succeeded(stage, "a");
  }

  static void succeeded(Stage stage, String name) {
    assertThat(stage.status(name).phase())
        .as(stage.status(name).message())
        .isEqualTo(Phase.Succeeded);
  }

  private static void delivered(Stage stage) {
    succeeded(stage);
    assertThat(stage.world.outside.delivered).isNotEmpty();
    assertThat(new HashSet<>(stage.world.outside.deliveryKeys)).hasSize(1);
  }

  private static void restarted(Stage stage) {
    succeeded(stage);
    assertThat(stage.world.workload.evicted).containsExactly("p1", "p2", "p3");
  }

  private static void begunOnce(Stage stage) {
    assertThat(stage.world.outside.commands).doesNotHaveDuplicates();
    // Nobody knows a result only where the command was recorded as begun and nothing after that.
    boolean lost = stage.reasonsAtDeath.contains("CommandStarted");
    assertThat(stage.status("a").reason()).isEqualTo(lost ? "ResultUnknown" : "CommandSucceeded");
    assertThat(stage.world.outside.commands).hasSizeBetween(lost ? 0 : 2, 2);
  }
}
