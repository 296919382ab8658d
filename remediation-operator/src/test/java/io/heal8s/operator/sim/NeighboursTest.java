// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.decide.naming.ActionDigest;
import io.heal8s.operator.sim.StoredInMemory.Fate;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A read or write that fails for one Remediation stops no effect of another. */
class NeighboursTest {

  private static final String NOBODY = "{\"allow\":{\"unapproved\":[{\"detector\":\"Alert\"}]}}";
  private static final String RUNNER =
      "{\"allow\":{\"unapproved\":[{\"detector\":\"Alert\"}]},\"serviceAccountName\":\"runner\"}";

  private static Rem patchOfConfig(String name) {
    return Rem.fresh(name)
        .action(ActionType.PatchResource)
        .direct()
        .asks("v1", "ConfigMap", "api")
        .arguments(Map.of("patchData", Map.of("metadata", Map.of("labels", Map.of("a", name)))));
  }

  /** Planned as the policy's account, and waiting for its approval. */
  private static Stage waiting() {
    Stage stage = new Stage();
    stage.world.policy(RUNNER);
    stage.world.remediations.create(patchOfConfig("a").approval(true).build());
    stage.step(Duration.ZERO);
    assertThat(stage.status("a").phase())
        .as(stage.status("a").message())
        .isEqualTo(Phase.AwaitingApproval);
    return stage;
  }

  private static void another(Stage stage) {
    stage.world.remediations.create(
        patchOfConfig("b").approval(false).as("runner").created(Duration.ofSeconds(1)).build());
    IntStream.range(0, 3).forEach(i -> RunsTest.step(stage));
    RunsTest.succeeded(stage, "b");
  }

  @Test
  void anAccountThatThePolicyNamesNoMoreStopsThatOneAlone() {
    Stage stage = waiting();
    stage.world.policy(NOBODY);
    Plan plan = Objects.requireNonNull(stage.status("a").plan());
    stage.world.remediations.annotate("a", "heal8s.io/approve", "eve");
    stage.world.remediations.annotate("a", "heal8s.io/approved-plan", plan.id());
    RunsTest.step(stage);

    assertThat(stage.status("a").reason()).isEqualTo("NoServiceAccount");
    assertThat(stage.status("a").message()).contains("serviceAccountName");
    another(stage);
  }

  @Test
  void anActionThatCannotChangeAnObjectOfThatKindStopsThatOneAlone() {
    Stage stage = waiting();
    stage.world.remediations.ask(
        "a", new ActionSpec(ActionType.ScaleTo, Map.of(), Map.of("replicas", 2), null));
    another(stage);

    assertThat(stage.status("a").reason()).isEqualTo("UnsupportedTarget");
    assertThat(stage.status("a").message()).startsWith("ScaleTo cannot change a ConfigMap");
  }

  private static Stage restarting() {
    Stage stage = new Stage();
    IntStream.rangeClosed(1, 3)
        .forEach(i -> stage.world.workload.pods.put("p" + i, Rem.T0.minusSeconds(3600)));
    stage.world.workload.budgetAllows = false;
    stage.world.remediations.create(
        Rem.fresh("a").action(ActionType.RestartPods).direct().approval(false).build());
    RunsTest.step(stage);
    assertThat(stage.status("a").reason()).isEqualTo("DisruptionBudget");
    stage.world.workload.budgetAllows = true;
    return stage;
  }

  private static void evictsAll(Stage stage) {
    IntStream.range(0, 6).forEach(i -> stage.step(Duration.ofSeconds(5)));
    assertThat(stage.world.workload.evicted).containsExactly("p1", "p2", "p3");
  }

  @Test
  void aStatusThatNobodyCanWriteStopsNoEffectOfAnother() {
    Stage stage = restarting();
    stage.world.remediations.fate =
        (name, status) -> name.equals("b") ? Fate.REFUSED : Fate.WRITTEN;
    stage.world.remediations.create(
        Rem.planned("b").direct().approval(false).created(Duration.ofSeconds(1)).build());
    evictsAll(stage);

    stage.world.remediations.fate = (name, status) -> Fate.WRITTEN;
    RunsTest.step(stage);
    assertThat(stage.status("b").reason()).isEqualTo("TargetBusy");
  }

  @Test
  void anObjectThatCannotBeReadStopsNoEffectOfAnother() {
    Stage stage = restarting();
    stage.world.workload.app = Live.app(RunsTest.HOOK);
    stage.world.workload.unanswered =
        query -> query instanceof Query.Get get && get.kind().equals("TargetApp");
    stage.world.remediations.create(
        Rem.planned("b")
            .action(ActionType.CallWebhook)
            .direct()
            .approval(false)
            .from(
                new ArgumentsFrom(
                    "TargetApp",
                    "web",
                    "uid-web",
                    0,
                    ActionDigest.of(JsonParser.parseString(RunsTest.HOOK))))
            .build());
    evictsAll(stage);
    IntStream.range(0, 3).forEach(i -> stage.step(Duration.ofSeconds(61)));
    RunsTest.succeeded(stage, "a");
    assertThat(stage.status("b").reason()).as("nobody could judge it").isEqualTo("Planned");

    stage.world.workload.unanswered = query -> false;
    IntStream.range(0, 3).forEach(i -> stage.step(Duration.ofSeconds(61)));
    assertThat(stage.status("b").reason()).isEqualTo("Delivered");
  }
}
