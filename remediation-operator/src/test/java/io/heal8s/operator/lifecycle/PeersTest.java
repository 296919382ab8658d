// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import java.time.Duration;
import java.util.stream.Stream;

/** What the gate says because of others of the same target. */
class PeersTest extends TargetTable {

  static Stream<Case> cases() {
    return Stream.of(
        row(
            "joins one with a pull request",
            () -> Scene.of(a(), older("b").proposed()),
            Phase.Pending,
            "Joined",
            "one pull request is enough for one complaint"),
        row(
            "joins one that awaits approval",
            () -> Scene.of(direct(), older("b").awaitingApproval()),
            Phase.Pending,
            "Joined",
            "one question is enough"),
        row(
            "joins one that is verifying",
            () -> Scene.of(a(), older("b").verifying(MIN.negated(), null, null)).limit("320Mi"),
            Phase.Pending,
            "Joined",
            "what is asked for is just being done"),
        row(
            "does not join a stalled one",
            () ->
                Scene.of(a(), older("b").held("ManagedElsewhere").stalled("ManagedElsewhere", MIN)),
            Phase.Pending,
            "ReadyToAct",
            "one stalled before the gate leads nobody"),
        row(
            "does not join another action",
            () -> Scene.of(a().action(ActionType.ScaleUp), older("b").proposed()),
            Phase.Pending,
            "ReadyToAct",
            "a waiting pull request holds nothing"),
        row(
            "does not join another container",
            () -> Scene.of(a().container("sidecar"), older("b").proposed()),
            Phase.Pending,
            "ReadyToAct",
            "another container is another complaint"),
        row(
            "busy with another action",
            () ->
                Scene.of(
                        a().action(ActionType.ScaleUp),
                        older("b").verifying(MIN.negated(), null, null))
                    .limit("320Mi"),
            Phase.Pending,
            "TargetBusy",
            "one effect at a time on one target"),
        row(
            "busy with a recorded intent",
            () ->
                Scene.of(a().action(ActionType.ScaleUp), older("b").direct().syncing(MIN))
                    .limit("256Mi"),
            Phase.Pending,
            "TargetBusy",
            "from the merge on the target is held"),
        row(
            "a revert that waits holds nothing",
            () ->
                Scene.of(
                    a().action(ActionType.ScaleUp),
                    older("b").verifying(MIN.negated(), null, null).revertAsked(MIN.negated())),
            Phase.Pending,
            "ReadyToAct",
            "people may take days to merge a revert"),
        row(
            "leader succeeded",
            () ->
                Scene.of(
                    a().held("Joined").joinedTo("b"),
                    older("b")
                        .verifying(MIN.negated(), null, null)
                        .ended(Phase.Succeeded, "Healthy", MIN)),
            Phase.Superseded,
            "HealedBy",
            "the leader did what this one asked"),
        row(
            "leader superseded",
            () ->
                Scene.of(
                    a().held("Joined").joinedTo("b"),
                    older("b").gated().ended(Phase.Superseded, "HealedBy", MIN)),
            Phase.Superseded,
            "HealedBy",
            "the leader needed nothing any more"),
        row(
            "leader failed a moment ago",
            () ->
                Scene.of(
                    a().held("Joined").joinedTo("b"),
                    older("b").gated().ended(Phase.Failed, "MergedWithoutChange", Duration.ZERO)),
            Phase.Pending,
            "RetryAfter",
            "the next of the cause waits for retryAfter"),
        row(
            "leader failed an hour ago",
            () ->
                Scene.of(
                        a().held("RetryAfter").joinedTo("b"),
                        older("b")
                            .gated()
                            .ended(Phase.Failed, "MergedWithoutChange", Duration.ZERO))
                    .at(HOUR),
            Phase.Pending,
            "ReadyToAct",
            "then it acts"),
        row(
            "leader deleted",
            () -> Scene.of(a().held("Joined").joinedTo("b")),
            Phase.Pending,
            "RetryAfter",
            "a leader that was deleted counts as a try"),
        row(
            "leader deleted an hour ago",
            () -> Scene.of(a().held("RetryAfter").joinedTo("b").updated(MIN)).at(HOUR.plus(MIN)),
            Phase.Pending,
            "ReadyToAct",
            "from when it was noticed"),
        row(
            "leader expired a moment ago",
            () -> Scene.of(a(), older("b").proposed().ended(Phase.Expired, "TtlExceeded", MIN)),
            Phase.Pending,
            "RetryAfter",
            "an expired leader is a try"),
        row(
            "three tries",
            () ->
                Scene.of(
                    a(),
                    older("b").gated().ended(Phase.Failed, "NotHealthy", HOUR.negated()),
                    older("c").gated().ended(Phase.RolledBack, "NotHealthy", HOUR.multipliedBy(-2)),
                    older("d").gated().ended(Phase.Expired, "TtlExceeded", HOUR.multipliedBy(-3))),
            Phase.Failed,
            "GaveUp",
            "maxAttempts is 3"),
        row(
            "three tries, one long ago",
            () ->
                Scene.of(
                    a(),
                    older("b").gated().ended(Phase.Failed, "NotHealthy", HOUR.negated()),
                    older("c").gated().ended(Phase.RolledBack, "NotHealthy", HOUR.multipliedBy(-2)),
                    older("d").gated().ended(Phase.Failed, "NotHealthy", HOUR.multipliedBy(-30))),
            Phase.Pending,
            "ReadyToAct",
            "tries are counted within the time to live"),
        row(
            "ends that were no tries",
            () ->
                Scene.of(
                    a(),
                    older("b").held("Joined").ended(Phase.Failed, "GaveUp", MIN),
                    older("c").held("ManagedElsewhere").ended(Phase.Expired, "TtlExceeded", MIN)),
            Phase.Pending,
            "ReadyToAct",
            "what never led was no try"),
        row(
            "refused before",
            () ->
                Scene.of(
                    a(),
                    older("b")
                        .proposed()
                        .label("heal8s.io/cause", causeOfA())
                        .ended(Phase.Failed, "Refused", Duration.ofDays(-29))),
            Phase.Failed,
            "RefusedBefore",
            "a refusal is remembered for 30 days"),
        row(
            "refused long ago",
            () ->
                Scene.of(
                    a(),
                    older("b")
                        .proposed()
                        .label("heal8s.io/cause", causeOfA())
                        .ended(Phase.Failed, "Refused", Duration.ofDays(-30))),
            Phase.Pending,
            "ReadyToAct",
            "and then forgotten"),
        row(
            "refused for another cause",
            () ->
                Scene.of(
                    a(),
                    older("b")
                        .proposed()
                        .label("heal8s.io/cause", "0123456789abcdef")
                        .ended(Phase.Failed, "Refused", HOUR.multipliedBy(-2))),
            Phase.Pending,
            "ReadyToAct",
            "another alert is another complaint"),
        row(
            "leader refused",
            () ->
                Scene.of(
                    a().alert("ContainerOOMKilled").held("Joined").joinedTo("b"),
                    older("b")
                        .proposed()
                        .label("heal8s.io/cause", causeOfA())
                        .ended(Phase.Failed, "Refused", MIN)),
            Phase.Failed,
            "RefusedBefore",
            "a refusal holds for all that had joined"),
        row(
            "cooldown",
            () ->
                Scene.of(
                    a().startsAt(MIN),
                    older("b")
                        .verifying(Duration.ofMinutes(-5), null, null)
                        .ended(Phase.Succeeded, "Healthy", Duration.ZERO)),
            Phase.Pending,
            "Cooldown",
            "10 min after the last effect"),
        row(
            "cooldown over, still sick",
            () ->
                Scene.of(
                        a().startsAt(MIN),
                        older("b")
                            .verifying(Duration.ofMinutes(-5), null, null)
                            .ended(Phase.Succeeded, "Healthy", Duration.ZERO))
                    .at(Duration.ofMinutes(6)),
            Phase.Pending,
            "ReadyToAct",
            "it began after the last effect, so that did not heal it"),
        row(
            "healed by an effect after it was asked for",
            () ->
                Scene.of(
                        a().startsAt(Duration.ofMinutes(-6)),
                        older("b")
                            .verifying(Duration.ofMinutes(-5), null, null)
                            .ended(Phase.Succeeded, "Healthy", Duration.ZERO))
                    .at(Duration.ofMinutes(6)),
            Phase.Superseded,
            "HealedBy",
            "the crash loop's next alert is about the old limit"),
        row(
            "asked before the effect, but sick",
            () ->
                Scene.of(
                        a().startsAt(Duration.ofMinutes(-6)),
                        older("b")
                            .verifying(Duration.ofMinutes(-5), null, null)
                            .ended(Phase.Succeeded, "Healthy", Duration.ZERO))
                    .unhealthy()
                    .at(Duration.ofMinutes(6)),
            Phase.Pending,
            "ReadyToAct",
            "the target is not healthy, so nothing is healed"));
  }
}
