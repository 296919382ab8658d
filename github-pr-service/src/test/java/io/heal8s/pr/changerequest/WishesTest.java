// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.forge.Samples;
import io.heal8s.pr.intent.Lane;
import io.heal8s.pr.intent.PrIntent;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a pull request is wanted at all, and what is written of its end. */
class WishesTest extends PrScenes {

  @Test
  void aPlanThatDoesNotFitTheFileWaitsForOneThatDoes() {
    Remediation planned = Samples.planned(REPOSITORY);
    RemediationStatus s = planned.statusOrEmpty();
    Change image =
        Change.of(
            "spec.template.spec.containers[name=api].image",
            "registry.example/shop/api:9.9",
            "registry.example/shop/api:1.3",
            Change.ValueType.string);
    Remediation rollback = Samples.planning(planned, image);
    Wish wish = new Wishes(MANIFESTS).of(rollback).orElseThrow();

    Decision<PrIntent> decision =
        DECIDER.decide(
            new PrSnapshot(rollback, new PrSnapshot.Asked.Answered(wish, known(NOTHING))), NOW);

    PrIntent.Record record = (PrIntent.Record) decision.intents().getFirst();
    Condition open = record.status().conditions().getFirst();
    assertThat(open.reason()).isEqualTo("ManifestDiffers");
    assertThat(open.message()).startsWith("apps/shop/api.yaml:").contains("1.4");
    assertThat(decision.outcome())
        .isEqualTo(Outcome.waiting(TIMES.poll(), PullRequestReason.ManifestDiffers));
    assertThat(s.pullRequest()).isNull();
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aPullRequestIsBegunOnlyWhileTheRemediationLives(Phase phase) {
    Remediation remediation = Samples.ended(Samples.planned(REPOSITORY), phase);
    assertThat(new Wishes(MANIFESTS).of(remediation).isPresent()).isEqualTo(!phase.isEnd());
  }

  @Test
  void nothingIsWantedWithoutPlanGateOrRepository() {
    Remediation planned = Samples.planned(REPOSITORY);
    RemediationStatus s = planned.statusOrEmpty();
    assertThat(new Wishes(MANIFESTS).of(Samples.with(planned, RemediationStatus.EMPTY))).isEmpty();
    assertThat(new Wishes(MANIFESTS).of(Samples.ungated(planned)))
        .as("because the gate has not let the plan through")
        .isEmpty();
    assertThat(new Wishes(MANIFESTS).of(Samples.planning(planned)))
        .as("because a plan without changes needs no pull request")
        .isEmpty();
    assertThat(s.plan()).isNotNull();
  }

  @Test
  void anOpenPullRequestIsFollowedWhateverTheGateSaysLater() {
    Remediation open = Samples.ungated(begin(Recorded.OPEN));
    assertThat(new Wishes(MANIFESTS).of(open)).map(Wish::aim).hasValue(Wish.Aim.WATCH);
  }

  @Test
  void whatMayHaveBeenPushedIsLookedForWhateverTheGateSays() {
    Wish wish = new Wishes(MANIFESTS).of(begin(Recorded.PENDING_BUT_HELD)).orElseThrow();
    assertThat(wish.aim()).isEqualTo(Wish.Aim.FIND);
    assertThat(wish.inquiry().withBase()).as("what is half made is finished").isTrue();
  }

  @Test
  void whatWasMergedIsNeverWithdrawn() {
    Remediation merged = after(begin(Recorded.OPEN), known(MERGED));
    assertThat(new Wishes(MANIFESTS).of(Samples.ended(merged, Phase.Failed))).isEmpty();
    assertThat(new Wishes(MANIFESTS).of(merged)).isEmpty();
  }

  @Test
  void aRevertIsNeverWithdrawn() {
    Remediation merged = after(begin(Recorded.OPEN), known(MERGED));
    Remediation reverting =
        Samples.reverting(
            merged, Change.of(Samples.LIMIT, "320Mi", "256Mi", Change.ValueType.string));
    Wish wish = new Wishes(MANIFESTS).of(reverting).orElseThrow();
    assertThat(wish.inquiry().lane()).isEqualTo(Lane.REVERT);
    assertThat(wish.aim()).isEqualTo(Wish.Aim.OPEN);
    assertThat(new Wishes(MANIFESTS).of(Samples.ended(reverting, Phase.Failed))).isEmpty();
  }

  @Test
  void refusalIsWrittenAsTheOperatorReadsIt() {
    Remediation closed = after(begin(Recorded.OPEN), known(CLOSED));
    Condition merged =
        Objects.requireNonNull(closed.statusOrEmpty().condition(ConditionType.PullRequestMerged));
    assertThat(merged.status()).isEqualTo(Condition.Status.False);
    assertThat(merged.reason()).isEqualTo("Refused");
    assertThat(merged.observedGeneration()).isEqualTo(1L);
  }
}
