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
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A recorded patch after a kill, whatever the policy says meanwhile. */
class PatchingTest {

  private static final Change NAMED =
      Change.of("metadata.labels.level", null, "debug", ValueType.string);
  private static final Change STAMP =
      Change.of("metadata.annotations.stamp", null, "1", ValueType.string);
  private static final String OTHER =
      "{\"allow\":{\"unapproved\":[{\"detector\":\"Alert\"}]},\"serviceAccountName\":\"%s\"}";

  private static Rem recorded() {
    return Rem.planned("a")
        .direct()
        .approval(false)
        .action(ActionType.PatchResource)
        .arguments(
            Map.of("patchData", Map.of("metadata", Map.of("labels", Map.of("level", "debug")))))
        .plan(new Plan("plan-1", "c1", List.of(NAMED, STAMP), "", List.of(), "Patch", null))
        .intent(RecordedIntent.Type.Apply)
        .madeAs("runner");
  }

  private static Optional<String> sentAs(Scene scene) {
    return scene
        .judge()
        .effect()
        .map(intent -> ((Effect.Patch) ((RemediationIntent.Run) intent).effect()).account());
  }

  @Test
  void isSentAsTheAccountThatWasApproved() {
    Scene same = Scene.of(recorded()).policy(OTHER.formatted("runner"));
    assertThat(sentAs(same)).contains("runner");

    Scene other = Scene.of(recorded()).policy(OTHER.formatted("other"));
    assertThat(sentAs(other)).as("another account is another plan").isEmpty();
  }

  @Test
  void endsWhereTheAccountMayNotLookAnyMore() {
    Scene within = Scene.of(recorded().as("runner")).refusesAccounts("not runner");
    assertThat(within.judge().status("a").reason()).isEqualTo("ReadFailed");
    assertThat(within.judge().status("a").message()).isEqualTo("not runner");
    assertThat(within.judge().lookAgain()).isPositive();

    Scene late =
        Scene.of(recorded().as("runner")).refusesAccounts("not runner").at(Duration.ofHours(1));
    assertThat(late.judge().status("a").phase()).isEqualTo(Phase.Failed);
    assertThat(late.judge().status("a").reason()).isEqualTo("ResultUnknown");
    assertThat(late.judge().status("a").message()).contains("not runner");
  }

  @Test
  void isFoundByItsKeyAndRecordedAsWhoMadeIt() {
    LiveObject live = Live.with(Live.deployment("256Mi", 1), NAMED.path(), "\"debug\"");
    live = Live.annotated(Live.annotated(live, "stamp", "2"), "heal8s.io/patch-key", "key");
    Scene scene = Scene.of(recorded()).deployment(live).policy(OTHER.formatted("other"));

    Applied applied = Objects.requireNonNull(scene.judge().status("a").applied());
    assertThat(applied.account()).isEqualTo("runner");
    assertThat(applied.changes())
        .as("what the patch does not name and came out otherwise is not ours to take back")
        .containsExactly(NAMED);
  }
}
