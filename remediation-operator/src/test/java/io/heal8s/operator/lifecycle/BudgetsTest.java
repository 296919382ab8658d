// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.operator.intent.EffectCounts;
import io.heal8s.operator.intent.EffectCounts.Taken;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the budgets leave room for. */
class BudgetsTest extends TargetTable {

  private static final String ALERTS_TRUSTED =
      "{\"allow\":{\"unapproved\":[{\"detector\":\"Alert\"}]}}";

  @Test
  void aProposalTakesAPlaceAsADirectEffectDoes() {
    assertThat(Scene.of(a()).judge().takesPlace("a")).contains(Mode.GitOps);
    assertThat(Scene.of(approved()).judge().takesPlace("a")).contains(Mode.Direct);
  }

  @Test
  void whoWaitsForTheEndOfProposalsLooksForItEveryFewMinutes() {
    Scene.Decided decided = Scene.of(a()).counts(proposals(20)).judge();

    assertThat(decided.nextLook()).isEqualTo(MIN.plusMinutes(5));
    assertThat(decided.status("a").message()).contains("wait for their merge");
  }

  @Test
  void whoWaitsForEffectsAloneLooksWhenTheOldestLeavesTheWindow() {
    Scene.Decided decided = Scene.of(a()).counts(effects(20)).judge();

    assertThat(decided.nextLook()).isEqualTo(HOUR.minusSeconds(60 + 19));
    assertThat(decided.status("a").message()).contains("acts after 2026-03-01T12:58:41Z");
  }

  static Stream<Case> cases() {
    return Stream.of(
        row(
            "budget of the namespace",
            () -> Scene.of(a()).counts(effects(20)),
            Phase.Pending,
            "BudgetExhausted",
            "20 effects in an hour is the default"),
        row(
            "budget has room",
            () -> Scene.of(a()).counts(effects(19)),
            Phase.Pending,
            "ReadyToAct",
            "the twentieth is still allowed"),
        row(
            "budget of the namespace, used up by proposals",
            () -> Scene.of(a()).counts(proposals(20)),
            Phase.Pending,
            "BudgetExhausted",
            "each of the 20 pull requests may be merged at any time"),
        row(
            "budget of the namespace, used up by effects and proposals",
            () ->
                Scene.of(a())
                    .counts(
                        new EffectCounts(
                            new Taken(effects(12).namespace().effects(), 8), Taken.NOTHING)),
            Phase.Pending,
            "BudgetExhausted",
            "12 and 8 are 20"),
        row(
            "budget has room beside proposals",
            () -> Scene.of(a()).counts(proposals(19)),
            Phase.Pending,
            "ReadyToAct",
            "the twentieth may still be proposed"),
        row(
            "direct, budget used up by proposals",
            () -> Scene.of(approved()).counts(proposals(20)),
            Phase.Pending,
            "BudgetExhausted",
            "a direct effect beside them would be one too many once they are merged"),
        row(
            "through the gate again before its branch exists",
            () -> Scene.of(a().gated()).inputsChanged().counts(proposals(20)),
            Phase.Pending,
            "ReadyToAct",
            "one of the 20 places is its own"),
        row(
            "direct, planned anew after its own place has left the window",
            () ->
                Scene.of(
                        direct()
                            .approval(false)
                            .intent(RecordedIntent.Type.Apply)
                            .recorded(HOUR.multipliedBy(-2)))
                    .policy(ALERTS_TRUSTED)
                    .limit("300Mi")
                    .counts(proposals(20)),
            Phase.Pending,
            "BudgetExhausted",
            "none of the 20 places is its own"),
        row(
            "direct, planned anew within the window",
            () ->
                Scene.of(direct().approval(false).intent(RecordedIntent.Type.Apply))
                    .policy(ALERTS_TRUSTED)
                    .limit("300Mi")
                    .counts(
                        new EffectCounts(
                            new Taken(
                                Stream.concat(
                                        effects(19).namespace().effects().stream(),
                                        Stream.of(Rem.T0))
                                    .toList(),
                                0),
                            Taken.NOTHING)),
            Phase.Applying,
            "ApplyRecorded",
            "one of the 20 places is its own"),
        row(
            "budget of the cluster, unlimited",
            () -> Scene.of(a()).counts(new EffectCounts(Taken.NOTHING, effects(500).namespace())),
            Phase.Pending,
            "ReadyToAct",
            "without a cluster budget there is no limit"),
        row(
            "budget of the cluster",
            () ->
                Scene.of(a())
                    .policy("{\"budgets\":{\"perCluster\":5}}")
                    .counts(new EffectCounts(Taken.NOTHING, effects(5).namespace())),
            Phase.Pending,
            "BudgetExhausted",
            "the policy says 5"),
        row(
            "budget of the target, used up by proposals",
            () ->
                Scene.of(a().action(ActionType.RestartWorkload), older("b").proposed())
                    .policy("{\"budgets\":{\"perTarget\":1}}"),
            Phase.Pending,
            "BudgetExhausted",
            "an open pull request holds a place"),
        row(
            "budget of the target, a proposal that was refused",
            () ->
                Scene.of(
                        a().action(ActionType.RestartWorkload),
                        older("b").proposed().ended(Phase.Failed, "Refused", MIN))
                    .policy("{\"budgets\":{\"perTarget\":1}}"),
            Phase.Pending,
            "ReadyToAct",
            "closed, it holds none"),
        row(
            "budget of the target",
            () ->
                Scene.of(
                    a().startsAt(MIN),
                    older("b")
                        .verifying(Duration.ofMinutes(-20), null, null)
                        .ended(Phase.Succeeded, "Healthy", Duration.ZERO),
                    older("c")
                        .verifying(Duration.ofMinutes(-30), null, null)
                        .ended(Phase.Succeeded, "Healthy", Duration.ZERO),
                    older("d")
                        .verifying(Duration.ofMinutes(-40), null, null)
                        .ended(Phase.Succeeded, "Healthy", Duration.ZERO)),
            Phase.Pending,
            "BudgetExhausted",
            "three effects on one target in an hour"));
  }
}
