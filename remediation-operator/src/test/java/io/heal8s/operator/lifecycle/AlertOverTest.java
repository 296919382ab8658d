// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.stream.Stream;

/** Alerts that resolve meanwhile. */
class AlertOverTest extends TargetTable {

  static Stream<Case> cases() {
    String close = "{\"onResolved\":\"close\"}";
    return Stream.of(
        row(
            "resolved, kept",
            () -> Scene.of(resolved(a().proposed())),
            Phase.PRCreated,
            "PullRequestOpen",
            "an out of memory alert resolves with every restart"),
        row(
            "resolved, closed",
            () -> Scene.of(resolved(a().proposed())).policy(close),
            Phase.Superseded,
            "AlertResolved",
            "the policy wants no pull request that nothing asks for any more"),
        row(
            "firing, closed",
            () -> Scene.of(a().proposed()).policy(close),
            Phase.PRCreated,
            "PullRequestOpen",
            "the alert still fires"),
        row(
            "resolved before it was proposed",
            () -> Scene.of(resolved(a())).policy(close),
            Phase.Superseded,
            "AlertResolved",
            "nothing is proposed only to be closed"),
        row(
            "resolved while it was stalled",
            () ->
                Scene.of(resolved(a().held("NoRepository").stalled("NoRepository", Duration.ZERO)))
                    .policy(close),
            Phase.Superseded,
            "AlertResolved",
            "nobody needs to correct anything for it"),
        row(
            "resolved, merged in the same moment",
            () ->
                Scene.of(resolved(a().proposed().pullRequest(State.Merged, "320Mi"))).policy(close),
            Phase.Applying,
            "Merged",
            "what was merged goes its way to the proof"),
        effect(
            "resolved, refused in the same moment",
            () -> Scene.of(resolved(a().proposed().pullRequest(State.Closed))).policy(close),
            Phase.PRCreated,
            "PullRequestOpen",
            "RememberRefusal",
            "a person's no is remembered"),
        row(
            "resolved, direct",
            () -> Scene.of(resolved(a().awaitingApproval())).policy(close),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "there is no pull request to close"),
        row(
            "resolved, another one waits for it",
            () -> Scene.of(resolved(a().proposed()), waitsForA("b")).policy(close),
            Phase.PRCreated,
            "PullRequestOpen",
            "the other one's alert still fires"),
        row(
            "resolved, and so is the one that waits for it",
            () -> Scene.of(resolved(a().proposed()), resolved(waitsForA("b"))).policy(close),
            Phase.Superseded,
            "AlertResolved",
            "nobody asks any more"),
        row(
            "resolved after the merge",
            () -> Scene.of(resolved(a().proposed().syncing(Duration.ZERO))).policy(close),
            Phase.Applying,
            "Merged",
            "the change is on its way and is proven"));
  }

  private static Rem resolved(Rem rem) {
    return rem.is(ConditionType.AlertResolved, true, "AlertResolved");
  }

  private static Rem waitsForA(String name) {
    return Rem.planned(name).created(MIN).joinedTo("a").held("Joined");
  }
}
