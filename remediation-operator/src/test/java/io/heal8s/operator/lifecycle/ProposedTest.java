// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From the proposal of a pull request to its merge. */
class ProposedTest extends TargetTable {

  static Stream<Case> cases() {
    return Stream.of(
        row(
            "pull request open",
            () -> Scene.of(a().proposed()),
            Phase.PRCreated,
            "PullRequestOpen",
            "it waits for people"),
        row(
            "not opened yet",
            () -> Scene.of(a().gated()),
            Phase.Pending,
            "ReadyToAct",
            "the pr service comes next"),
        row(
            "the forge is away before the first look",
            () ->
                Scene.of(a().gated().is(ConditionType.PullRequestOpen, false, "ForgeUnavailable")),
            Phase.Pending,
            "ForgeUnavailable",
            "it passes by itself, and people see what it waits for"),
        row(
            "the pr service recorded its intent",
            () -> Scene.of(intended("Pending")),
            Phase.Pending,
            "ReadyToAct",
            "that it is opened next is no news"),
        row(
            "the file is of another value",
            () -> Scene.of(a().gated().is(ConditionType.PullRequestOpen, false, "ManifestDiffers")),
            Phase.Pending,
            "ManifestDiffers",
            "the next commit to the base may end it"),
        row(
            "a reason of a later version",
            () -> Scene.of(a().gated().is(ConditionType.PullRequestOpen, false, "ForgeOnHoliday")),
            Phase.Pending,
            "ForgeOnHoliday",
            "what is not known to need a person is waited for; the time to live bounds it"),
        row(
            "manifest not found",
            () ->
                Scene.of(a().gated().is(ConditionType.PullRequestOpen, false, "ManifestNotFound")),
            Phase.Pending,
            "ManifestNotFound",
            "a configuration error is a person's affair"),
        row(
            "manifest not found, judged again after a restart",
            () ->
                Scene.of(a().gated().is(ConditionType.PullRequestOpen, false, "ManifestNotFound"))
                    .inputsChanged(),
            Phase.Pending,
            "ManifestNotFound",
            "a restart does not make it right"),
        row(
            "policy forbids before the branch",
            () ->
                Scene.of(a().gated())
                    .inputsChanged()
                    .policy("{\"allow\":{\"actions\":[\"ScaleUp\"]}}"),
            Phase.Pending,
            "ActionNotAllowed",
            "nothing happened yet, so the policy still counts"),
        row(
            "policy forbids after the branch",
            () ->
                Scene.of(a().proposed())
                    .inputsChanged()
                    .policy("{\"allow\":{\"actions\":[\"ScaleUp\"]}}"),
            Phase.PRCreated,
            "PullRequestOpen",
            "the first effect froze the plan"),
        row(
            "policy forbids while a branch may exist",
            () ->
                Scene.of(intended("ForgeUnavailable"))
                    .inputsChanged()
                    .policy("{\"allow\":{\"actions\":[\"ScaleUp\"]}}"),
            Phase.Pending,
            "ActionNotAllowed",
            "the pr service looks for the branch and begins nothing"),
        row(
            "found although the policy forbids it",
            () ->
                Scene.of(
                        a().held("ActionNotAllowed")
                            .pullRequest(State.Open)
                            .is(ConditionType.PullRequestOpen, true, "Opened"))
                    .policy("{\"allow\":{\"actions\":[\"ScaleUp\"]}}"),
            Phase.PRCreated,
            "PullRequestOpen",
            "what was begun is followed to its end, whatever the gate said meanwhile"),
        row(
            "merged although the policy forbids it",
            () ->
                Scene.of(a().held("ActionNotAllowed").pullRequest(State.Merged, "320Mi"))
                    .policy("{\"allow\":{\"actions\":[\"ScaleUp\"]}}"),
            Phase.Applying,
            "Merged",
            "a merge is never overlooked"),
        row(
            "allowed again while a branch may exist",
            () ->
                Scene.of(intended("ForgeUnavailable").held("ActionNotAllowed"))
                    .inputsChanged()
                    .limit("300Mi"),
            Phase.Pending,
            "ForgeUnavailable",
            "let through as it was planned"),
        row(
            "expired while open",
            () -> Scene.of(a().proposed()).at(Duration.ofHours(24)),
            Phase.Expired,
            "TtlExceeded",
            "the pr service closes what nobody merged"),
        row(
            "merged",
            () -> Scene.of(a().proposed().pullRequest(State.Merged, "320Mi")),
            Phase.Applying,
            "Merged",
            "the merge is the first effect"),
        row(
            "merged at the last moment",
            () ->
                Scene.of(a().proposed().pullRequest(State.Merged, "320Mi"))
                    .at(Duration.ofHours(24)),
            Phase.Applying,
            "Merged",
            "a merge that is seen counts before the time to live"),
        row(
            "merged with the reviewer's value",
            () -> Scene.of(a().proposed().pullRequest(State.Merged, "512Mi")),
            Phase.Applying,
            "Merged",
            "the reviewer decides"),
        row(
            "merged without the change",
            () -> Scene.of(a().proposed().pullRequest(State.Merged, "256Mi")),
            Phase.Failed,
            "MergedWithoutChange",
            "the base holds what it held before"),
        row(
            "merged, nothing at the path",
            () -> Scene.of(a().proposed().pullRequest(State.Merged)),
            Phase.Failed,
            "MergedWithoutChange",
            "the base holds none of the values"),
        row(
            "already in git",
            () -> Scene.of(a().gated().pullRequest(State.NotYetSynced, "320Mi")),
            Phase.Applying,
            "NotYetSynced",
            "no second pull request; watched like a merged one"),
        effect(
            "closed by a person",
            () -> Scene.of(a().proposed().pullRequest(State.Closed)),
            Phase.PRCreated,
            "PullRequestOpen",
            "RememberRefusal",
            "remembered before the end is written, so that a kill forgets nothing"),
        row(
            "closed and remembered",
            () ->
                Scene.of(
                    a().proposed().pullRequest(State.Closed).label("heal8s.io/cause", causeOfA())),
            Phase.Failed,
            "Refused",
            "a person said no"),
        row(
            "edited while open",
            () -> Scene.of(a().proposed().generation(2)),
            Phase.PRCreated,
            "PullRequestOpen",
            "later edits change nothing"));
  }

  /** The pr service has recorded that it is about to push, and said that since. */
  private static Rem intended(String reason) {
    return a().gated().pullRequest(State.Pending).is(ConditionType.PullRequestOpen, false, reason);
  }

  /** Every reason of the pr service and one that nobody knows. */
  static Stream<String> reasons() {
    return Stream.concat(
        Stream.of(PullRequestReason.values()).map(Enum::name), Stream.of("ForgeOnHoliday"));
  }

  private static boolean stalls(String reason) {
    return PullRequestReason.of(reason).map(PullRequestReason::stalls).orElse(false);
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void onlyWhatAPersonMustChangeStalls(String reason) {
    for (Rem rem :
        List.of(a().gated().is(ConditionType.PullRequestOpen, false, reason), intended(reason))) {
      Scene.Decided decided = Scene.of(rem).judge();

      RemediationStatus status = decided.status("a");
      assertThat(status.isTrue(ConditionType.Stalled)).isEqualTo(stalls(reason));
      assertThat(status.isTrue(ConditionType.Reconciling)).isEqualTo(!stalls(reason));
      assertThat(decided.told()).hasSize(stalls(reason) ? 1 : 0);
    }
  }

  @Test
  void aWaitSaysWhatThePrServiceSays() {
    RemediationStatus status = Scene.of(intended("RateLimited")).judge().status("a");
    Condition reconciling = Objects.requireNonNull(status.condition(ConditionType.Reconciling));
    assertThat(reconciling.reason()).isEqualTo("RateLimited");
    assertThat(reconciling.message()).isEqualTo("RateLimited.");
    assertThat(status.message()).isEqualTo("RateLimited.");
  }

  @Test
  void aWaitThatLastedUntilTheEndIsNamed() {
    RemediationStatus status =
        Scene.of(intended("ForgeUnavailable")).at(Duration.ofHours(24)).judge().status("a");
    assertThat(status.phase()).isEqualTo(Phase.Expired);
    assertThat(status.message()).endsWith("; it waited: ForgeUnavailable");
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void aPlanWhoseBranchMayExistDoesNotMove(String reason) {
    Scene.Decided decided =
        Scene.of(intended(reason).generation(2)).inputsChanged().limit("300Mi").judge();

    boolean anotherPlanMayHelp = stalls(reason) || reason.equals("ManifestDiffers");
    RemediationStatus status = decided.status("a");
    assertThat(Objects.requireNonNull(status.plan()).id())
        .isEqualTo(anotherPlanMayHelp ? "plan-300Mi" : "plan-1");
    assertThat(status.isTrue(ConditionType.Gated)).isTrue();
    assertThat(decided.told().contains("EditIgnored")).isEqualTo(!anotherPlanMayHelp);
  }

  @Test
  void aFileOfAnotherValueIsPlannedAnewOnceTheTargetHasThatValue() {
    Rem differs = a().gated().is(ConditionType.PullRequestOpen, false, "ManifestDiffers");

    Scene.Decided waits = Scene.of(differs).judge();
    assertThat(plan(waits)).as("the target is as it was").isEqualTo("plan-1");
    assertThat(waits.decision().intents()).as("nothing new is written").hasSizeLessThan(2);
    assertThat(waits.nextLook()).isEqualTo(MIN.plusMinutes(5));

    Scene.Decided synced = Scene.of(differs).limit("300Mi").judge();
    assertThat(plan(synced)).isEqualTo("plan-300Mi");
    assertThat(synced.status("a").isTrue(ConditionType.Gated)).isTrue();
    assertThat(synced.nextLook()).isEqualTo(MIN.plusMinutes(5));

    Scene.Decided late = Scene.of(differs).at(HOUR.multipliedBy(24).minus(MIN)).judge();
    assertThat(late.nextLook()).as("its end is not missed").isEqualTo(HOUR.multipliedBy(24));
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void noOtherWaitIsPlannedAnewUnasked(String reason) {
    Scene.Decided decided = Scene.of(intended(reason)).limit("300Mi").judge();
    assertThat(plan(decided)).isEqualTo(reason.equals("ManifestDiffers") ? "plan-300Mi" : "plan-1");
  }

  private static String plan(Scene.Decided decided) {
    return Objects.requireNonNull(decided.status("a").plan()).id();
  }

  @Test
  void anObstacleOfBeforeTheGateClosedIsNoCauseOfTheEnd() {
    RemediationStatus status =
        Scene.of(a().is(ConditionType.PullRequestOpen, false, "ForgeUnavailable").held("Cooldown"))
            .at(Duration.ofHours(24))
            .judge()
            .status("a");
    assertThat(status.message()).isEqualTo("its time to live ran out before its first effect");
  }

  @Test
  void whatIsFoundWaitsForNobody() {
    RemediationStatus status =
        Scene.of(
                a().held("Joined")
                    .joinedTo("older")
                    .pullRequest(State.Open)
                    .is(ConditionType.PullRequestOpen, true, "Opened"))
            .judge()
            .status("a");
    assertThat(status.joinedTo()).isNull();
  }

  @Test
  void whatIsFoundCountsAsLetThroughForOthersAgain() {
    RemediationStatus status =
        Scene.of(
                a().held("ActionNotAllowed")
                    .pullRequest(State.Open)
                    .is(ConditionType.PullRequestOpen, true, "Opened"))
            .judge()
            .status("a");
    assertThat(status.isTrue(ConditionType.Gated)).isTrue();
    assertThat(status.isTrue(ConditionType.Stalled)).isFalse();
  }
}
