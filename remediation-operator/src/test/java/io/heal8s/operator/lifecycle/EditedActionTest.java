// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Applied;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was let through is carried out, or nothing: whatever the action was edited to since. */
class EditedActionTest {

  private static final Map<String, Object> DROP = Map.of("command", List.of("drop"));
  private static final Map<String, Object> LABEL =
      Map.of("patchData", Map.of("metadata", Map.of("labels", Map.of("level", "debug"))));
  private static final Change LEVEL =
      Change.of("metadata.labels.level", null, "debug", ValueType.string);

  private static Rem recorded(ActionType type, Map<String, Object> arguments) {
    return Rem.planned("a")
        .direct()
        .approval(true)
        .as("runner")
        .action(type)
        .arguments(arguments)
        .intent(RecordedIntent.Type.Apply)
        .letThrough();
  }

  private static Rem toCommand(Rem rem) {
    return rem.action(ActionType.ExecCommand).arguments(DROP).generation(2);
  }

  private static @Nullable Effect effect(Scene.Decided decided) {
    return decided.effect().map(intent -> ((RemediationIntent.Run) intent).effect()).orElse(null);
  }

  @Test
  void aChangeThatIsNotMadeYetIsPlannedAnew() {
    Rem rem = toCommand(recorded(ActionType.IncreaseMemory, Map.of()));
    Scene.Decided decided = Scene.of(rem).judge();

    assertThat(decided.effect()).isEmpty();
    assertThat(decided.status("a").reason()).isEqualTo("ApprovalRequired");
    assertThat(decided.status("a").intent()).isNull();
  }

  @Test
  void aChangeThatWasMadeIsVerified() {
    Rem rem = toCommand(recorded(ActionType.IncreaseMemory, Map.of()));
    Scene.Decided decided = Scene.of(rem).limit("320Mi").judge();

    assertThat(decided.status("a").phase()).isEqualTo(Phase.Verifying);
  }

  @Test
  void aCommandThatIsNotBegunIsPlannedAnew() {
    Rem rem = recorded(ActionType.ExecCommand, Map.of("command", List.of("flush"))).arguments(DROP);
    Scene.Decided decided = Scene.of(rem).judge();

    assertThat(decided.effect()).isEmpty();
    assertThat(decided.status("a").reason()).isEqualTo("ApprovalRequired");
  }

  @Test
  void aCommandThatWasBegunIsRecalled() {
    Rem rem =
        recorded(ActionType.ExecCommand, DROP)
            .because("CommandStarted")
            .action(ActionType.IncreaseMemory);

    assertThat(effect(Scene.of(rem).judge())).isEqualTo(new Effect.Recall());
  }

  @Test
  void aCallIsGivenUpInTheRunOfCallsAndNowhereElse() {
    Map<String, Object> url = Map.of("url", "https://hooks.example/");
    Scene.Decided recorded =
        Scene.of(toCommand(recorded(ActionType.CallWebhook, url))).calls().judge();
    assertThat(effect(recorded)).as("planned anew").isEqualTo(new Effect.Forgo(null));

    Rem tried = toCommand(recorded(ActionType.CallWebhook, url).because("CallFailed"));
    assertThat(effect(Scene.of(tried).calls().judge()))
        .isInstanceOfSatisfying(
            Effect.Forgo.class,
            forgo -> assertThat(forgo.failure()).contains("spec.action was edited", "was called"));
    assertThat(Scene.of(tried).judge().decision().intents()).isEmpty();
  }

  @Test
  void podsThatWereBeingRestartedAreLeftAsTheyAre() {
    Rem rem = toCommand(recorded(ActionType.RestartPods, Map.of()).because("RestartingPods"));
    RemediationStatus status = Scene.of(rem).judge().status("a");

    assertThat(status.reason()).isEqualTo("ActionEdited");
    assertThat(status.message()).contains("pods were being restarted: RestartingPods.");
  }

  private static Rem patch() {
    return toCommand(
        recorded(ActionType.PatchResource, LABEL)
            .plan(new Plan("plan-1", "c1", List.of(LEVEL), "", List.of(), "Patch", null))
            .madeAs("runner")
            .letThrough());
  }

  @Test
  void aPatchThatIsThereWasMade() {
    LiveObject live = Live.with(Live.deployment("256Mi", 1), LEVEL.path(), "\"debug\"");
    live = Live.annotated(live, "heal8s.io/patch-key", "key");
    RemediationStatus status = Scene.of(patch()).deployment(live).judge().status("a");

    Applied applied = Objects.requireNonNull(status.applied());
    assertThat(applied.changes()).containsExactly(LEVEL);
    assertThat(applied.account()).isEqualTo("runner");
  }

  @Test
  void aPatchThatIsNotThereIsNotSent() {
    Scene.Decided decided = Scene.of(patch()).judge();

    assertThat(decided.effect()).isEmpty();
    assertThat(decided.status("a").reason()).isEqualTo("ApprovalRequired");
  }

  @Test
  void whatWasPatchedIsTakenBackAsItsAccountWhateverIsAskedNow() {
    Rem rem =
        Rem.planned("a")
            .direct()
            .verifying(Duration.ZERO, null, null)
            .appliedAs("runner")
            .intent(RecordedIntent.Type.Undo);
    RemediationIntent.CarryOut undo =
        (RemediationIntent.CarryOut) Scene.of(rem).limit("320Mi").judge().effect().orElseThrow();

    assertThat(undo.account()).isEqualTo("runner");
  }
}
