// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;

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
}
