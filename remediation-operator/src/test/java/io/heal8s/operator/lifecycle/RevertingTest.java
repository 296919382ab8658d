// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pull requests that take a merged change back. */
class RevertingTest extends TargetTable {

  static Stream<Case> cases() {
    Supplier<Rem> reverting =
        () -> a().verifying(Duration.ZERO, null, null).revertAsked(Duration.ofMinutes(10));
    Duration later = Duration.ofMinutes(20);
    return Stream.of(
        row(
            "asked for",
            () -> Scene.of(reverting.get()).limit("320Mi").at(later),
            Phase.Applying,
            "Undoing",
            "people must merge it"),
        row(
            "open",
            () -> Scene.of(reverting.get().revertPullRequest(State.Open)).limit("320Mi").at(later),
            Phase.Applying,
            "Undoing",
            "people must merge it"),
        row(
            "merged, not live",
            () ->
                Scene.of(reverting.get().revertPullRequest(State.Merged, "256Mi"))
                    .limit("320Mi")
                    .at(later),
            Phase.Applying,
            "Undoing",
            "the agent's time"),
        row(
            "merged and live",
            () ->
                Scene.of(reverting.get().revertPullRequest(State.Merged, "256Mi"))
                    .limit("256Mi")
                    .at(later),
            Phase.RolledBack,
            "NotHealthy",
            "the old value is back"),
        row(
            "merged with another value",
            () ->
                Scene.of(reverting.get().revertPullRequest(State.Merged, "288Mi"))
                    .limit("288Mi")
                    .at(later),
            Phase.RolledBack,
            "NotHealthy",
            "the reviewer decides"),
        row(
            "merged, never live",
            () ->
                Scene.of(reverting.get().revertPullRequest(State.Merged, "256Mi"))
                    .limit("320Mi")
                    .at(HOUR),
            Phase.Failed,
            "RevertNotApplied",
            "applyTimeout after the merge"),
        row(
            "closed",
            () -> Scene.of(reverting.get().revertPullRequest(State.Closed)).at(later),
            Phase.Failed,
            "RevertRefused",
            "a person keeps the change"),
        row(
            "cannot be opened",
            () ->
                Scene.of(reverting.get().is(ConditionType.RevertOpen, false, "ManifestNotFound"))
                    .at(later),
            Phase.Applying,
            "ManifestNotFound",
            "a configuration error is a person's affair"),
        row(
            "the forge is away",
            () ->
                Scene.of(reverting.get().is(ConditionType.RevertOpen, false, "ForgeUnavailable"))
                    .at(later),
            Phase.Applying,
            "ForgeUnavailable",
            "it passes by itself"),
        row(
            "the forge was away for a time to live",
            () ->
                Scene.of(reverting.get().is(ConditionType.RevertOpen, false, "ForgeUnavailable"))
                    .at(Duration.ofHours(25)),
            Phase.Applying,
            "RevertNotMerged",
            "an outage alone ends nothing as failed; after so long a person should know"),
        row(
            "recorded, about to be opened",
            () ->
                Scene.of(
                        reverting
                            .get()
                            .revertPullRequest(State.Pending)
                            .is(ConditionType.RevertOpen, false, "Pending"))
                    .at(later),
            Phase.Applying,
            "Undoing",
            "that it is opened next is no news"),
        row(
            "waits for ever",
            () -> Scene.of(reverting.get().revertPullRequest(State.Open)).at(Duration.ofHours(25)),
            Phase.Applying,
            "RevertNotMerged",
            "a person must decide"),
        row(
            "waits for ever and a day",
            () ->
                Scene.of(
                        reverting
                            .get()
                            .revertPullRequest(State.Open)
                            .stalled("RevertNotMerged", Duration.ofHours(25)))
                    .at(Duration.ofHours(49)),
            Phase.Failed,
            "RevertNotMerged",
            "everything ends"),
        row(
            "target deleted",
            () ->
                Scene.of(reverting.get().revertPullRequest(State.Merged, "256Mi"))
                    .deployment(null)
                    .at(later),
            Phase.Failed,
            "TargetGone",
            "nothing is left to take back"));
  }

  @ParameterizedTest
  @MethodSource("io.heal8s.operator.lifecycle.ProposedTest#reasons")
  void onlyWhatAPersonMustChangeStalls(String reason) {
    Rem reverting =
        a().verifying(Duration.ZERO, null, null)
            .revertAsked(Duration.ofMinutes(10))
            .is(ConditionType.RevertOpen, false, reason);
    Scene.Decided decided = Scene.of(reverting).at(Duration.ofMinutes(20)).judge();

    boolean stalls = PullRequestReason.of(reason).map(PullRequestReason::stalls).orElse(false);
    assertThat(decided.status("a").isTrue(ConditionType.Stalled)).isEqualTo(stalls);
    assertThat(decided.told()).hasSize(stalls ? 1 : 0);
  }

  @Test
  void aRevertThatCouldNotBeOpenedInTimeSaysWhy() {
    Rem reverting =
        a().verifying(Duration.ZERO, null, null)
            .revertAsked(Duration.ofMinutes(10))
            .is(ConditionType.RevertOpen, false, "RateLimited");
    RemediationStatus status = Scene.of(reverting).at(Duration.ofHours(25)).judge().status("a");
    assertThat(status.message())
        .isEqualTo("the revert pull request is not open yet: RateLimited: RateLimited.");
  }
}
