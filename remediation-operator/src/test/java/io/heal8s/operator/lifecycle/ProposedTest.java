// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import java.time.Duration;
import java.util.stream.Stream;

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
}
