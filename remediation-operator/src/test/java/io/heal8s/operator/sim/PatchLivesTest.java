// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lives of patches: sent once, taken back as they were made, whatever else writes to the object.
 */
class PatchLivesTest {

  private static final String LEVEL = "metadata.labels.level";

  private static Remediation patchOf(Map<String, Object> labels) {
    return asked(labels).as("runner").build();
  }

  private static Rem asked(Map<String, Object> labels) {
    return Rem.fresh("a")
        .action(ActionType.PatchResource)
        .direct()
        .approval(false)
        .arguments(Map.of("patchData", Map.of("metadata", Map.of("labels", labels))));
  }

  private static void patch(Stage stage) {
    stage.world.workload.need = 0;
    stage.world.remediations.create(patchOf(Map.of("level", "debug")));
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));
    stage.step(Duration.ofSeconds(61));
    stage.step(Duration.ofSeconds(61));
  }

  private static void patchThatDoesNotHeal(Stage stage) {
    stage.world.workload.set(LEVEL, "info");
    stage.world.workload.need = Long.MAX_VALUE;
    stage.world.remediations.create(patchOf(Map.of("level", "debug")));
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));
    untilTheWindowIsOver(stage);
  }

  private static void untilTheWindowIsOver(Stage stage) {
    for (int i = 0; i < 12; i++) {
      stage.step(Duration.ofSeconds(61));
    }
  }

  private static String level(Stage stage) {
    return Objects.requireNonNull(stage.world.workload.deployment).text(LEVEL);
  }

  @Test
  void aPatchThatDoesNotHealIsTakenBackAsItsAccount() {
    Stage stage = new Stage();
    patchThatDoesNotHeal(stage);

    assertThat(Objects.requireNonNull(stage.status("a").plan()).undo())
        .contains("set metadata.labels.level back to info")
        .doesNotStartWith("none");
    assertThat(stage.status("a").phase())
        .as(stage.status("a").message())
        .isEqualTo(Phase.RolledBack);
    assertThat(level(stage)).isEqualTo("info");
    assertThat(stage.world.workload.patchedAs).containsExactly("runner");
  }

  @Test
  void whatSomebodyWroteSinceThePatchIsNotTakenBack() {
    Stage stage = new Stage();
    stage.world.workload.set(LEVEL, "info");
    stage.world.workload.need = Long.MAX_VALUE;
    stage.world.remediations.create(patchOf(Map.of("level", "debug")));
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));
    stage.world.workload.set(LEVEL, "trace");
    untilTheWindowIsOver(stage);

    assertThat(level(stage)).isEqualTo("trace");
    assertThat(stage.status("a").reason()).isEqualTo("ChangedSince");
    assertThat(stage.world.workload.patchedAs).isEmpty();
  }

  @Test
  void aPatchOfWhatIsThereAlreadyIsNotSent() {
    Stage stage = new Stage();
    stage.world.workload.set(LEVEL, "debug");
    patch(stage);

    assertThat(stage.world.workload.patches).isZero();
    assertThat(stage.status("a").phase()).isEqualTo(Phase.Succeeded);
    assertThat(stage.status("a").reason()).isEqualTo("NothingToDo");
  }

  /** A mutating webhook that writes the time: with every write, or when the level changes. */
  private static UnaryOperator<LiveObject> writesTheTime(Stage stage, boolean always) {
    return object -> {
      boolean changes = !object.text(LEVEL).equals(level(stage));
      if (!always && !changes) {
        return object;
      }
      JsonObject copy = object.json().deepCopy();
      copy.getAsJsonObject("metadata")
          .getAsJsonObject("annotations")
          .addProperty("written-at", stage.world.now.toString());
      return new LiveObject(copy);
    };
  }

  @ParameterizedTest(name = "with every write: {0}")
  @ValueSource(booleans = {true, false})
  void aWebhookThatWritesTheTimeTakesNoApprovalAway(boolean always) {
    Stage stage = new Stage();
    stage.world.workload.need = 0;
    stage.world.workload.webhook = writesTheTime(stage, always);
    stage.world.remediations.create(
        asked(Map.of("level", "debug")).approval(true).as("runner").build());
    stage.step(Duration.ZERO);
    Plan plan = Objects.requireNonNull(stage.status("a").plan());
    stage.step(Duration.ofMinutes(3));
    stage.world.remediations.annotate("a", "heal8s.io/approve", "eve");
    stage.world.remediations.annotate("a", "heal8s.io/approved-plan", plan.id());
    stage.step(Duration.ofMinutes(3));
    stage.step(Duration.ofSeconds(2));
    stage.step(Duration.ofSeconds(61));
    stage.step(Duration.ofSeconds(61));

    RunsTest.succeeded(stage);
    assertThat(Objects.requireNonNull(stage.status("a").plan()).id()).isEqualTo(plan.id());
    assertThat(Objects.requireNonNull(stage.status("a").applied()).changes())
        .as("what came out otherwise than on trial is nobody's to take back")
        .extracting(change -> change.path())
        .containsExactly(LEVEL);
  }

  @ParameterizedTest(name = "with every write: {0}")
  @ValueSource(booleans = {true, false})
  void whatAWebhookWroteStopsNoUndo(boolean always) {
    Stage stage = new Stage();
    stage.world.workload.webhook = writesTheTime(stage, always);
    patchThatDoesNotHeal(stage);

    assertThat(stage.status("a").phase())
        .as(stage.status("a").message())
        .isEqualTo(Phase.RolledBack);
    assertThat(level(stage)).isEqualTo("info");
  }

  private static final String AS_RUNNER =
      "{\"allow\":{\"unapproved\":[{\"detector\":\"Alert\"}]},\"serviceAccountName\":\"runner\"}";

  @ParameterizedTest
  @ValueSource(strings = {"other", ""})
  void theAccountThatMadeItTakesItBackWhateverThePolicyNamesNow(String named) {
    Stage stage = new Stage();
    stage.world.policy(AS_RUNNER);
    stage.world.workload.set(LEVEL, "info");
    stage.world.workload.need = Long.MAX_VALUE;
    stage.world.remediations.create(asked(Map.of("level", "debug")).build());
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));
    assertThat(level(stage)).isEqualTo("debug");
    stage.world.policy(AS_RUNNER.replace("runner", named));
    untilTheWindowIsOver(stage);

    assertThat(stage.status("a").phase())
        .as(stage.status("a").message())
        .isEqualTo(Phase.RolledBack);
    assertThat(stage.world.workload.patchedAs).containsExactly("runner");
  }

  @TestFactory
  Stream<DynamicTest> killedAnywhere() {
    return Stream.of(
            Killing.everywhere("patch", PatchLivesTest::patch, PatchLivesTest::patchedOnce),
            Killing.everywhere(
                "patch that does not heal",
                PatchLivesTest::patchThatDoesNotHeal,
                PatchLivesTest::takenBack))
        .flatMap(tests -> tests);
  }

  private static void patchedOnce(Stage stage) {
    RunsTest.succeeded(stage);
    assertThat(stage.world.workload.patches).isEqualTo(1);
  }

  private static void takenBack(Stage stage) {
    assertThat(stage.status("a").phase()).isEqualTo(Phase.RolledBack);
    assertThat(level(stage)).isEqualTo("info");
    assertThat(stage.world.workload.patches).isEqualTo(1);
  }
}
