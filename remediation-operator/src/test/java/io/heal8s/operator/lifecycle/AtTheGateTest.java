// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.stream.Stream;

/** What the gate says of one Remediation alone. */
class AtTheGateTest extends TargetTable {

  static Stream<Case> cases() {
    return Stream.of(
        row(
            "git mode passes",
            () -> Scene.of(a()),
            Phase.Pending,
            "ReadyToAct",
            "in git mode the pull request is the approval"),
        row(
            "direct asks",
            () -> Scene.of(direct()),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "direct mode needs a person unless the policy names the asker"),
        row(
            "direct, approval waived only by the object",
            () -> Scene.of(direct().approval(false)),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "requireApproval false counts as true unless the policy allows it"),
        row(
            "direct, unapproved alert",
            () ->
                Scene.of(direct().approval(false))
                    .policy("{\"allow\":{\"unapproved\":[{\"detector\":\"Alert\"}]}}"),
            Phase.Applying,
            "ApplyRecorded",
            "the policy lets alerts act unasked"),
        row(
            "direct, unapproved for another action",
            () ->
                Scene.of(direct().approval(false))
                    .policy(
                        "{\"allow\":{\"unapproved\":[{\"detector\":\"Alert\",\"actions\":[\"ScaleUp\"]}]}}"),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "the policy's waiver is for another action"),
        row(
            "direct, unapproved for a detector, asked by an alert",
            () ->
                Scene.of(direct().approval(false))
                    .policy("{\"allow\":{\"unapproved\":[{\"detector\":\"TargetApp\"}]}}"),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "the waiver is for another kind of asker"),
        row(
            "direct, approval demanded by the object",
            () ->
                Scene.of(direct().approval(true))
                    .policy("{\"allow\":{\"unapproved\":[{\"detector\":\"Alert\"}]}}"),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "a waiver lets, it does not oblige"),
        row(
            "approved",
            () -> Scene.of(approved()),
            Phase.Applying,
            "ApplyRecorded",
            "the annotation names the plan that stands"),
        row(
            "approved, another plan",
            () ->
                Scene.of(
                    Rem.planned("a")
                        .awaitingApproval()
                        .annotation("heal8s.io/approve", "eve")
                        .annotation("heal8s.io/approved-plan", "plan-0")),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "an approval is bound to one plan"),
        row(
            "approved, but the plan moved",
            () -> Scene.of(approved()).limit("288Mi"),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "the fresh reading makes another plan, which nobody approved"),
        row(
            "approved-plan without a name",
            () ->
                Scene.of(
                    Rem.planned("a")
                        .awaitingApproval()
                        .annotation("heal8s.io/approved-plan", "plan-1")),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "without a person's name it is no approval"),
        row(
            "unguarded",
            () -> Scene.of(direct()).unguarded(),
            Phase.Pending,
            "ApprovalNotGuarded",
            "anybody could write the annotation"),
        row(
            "approved but unguarded",
            () -> Scene.of(approved()).unguarded(),
            Phase.Pending,
            "ApprovalNotGuarded",
            "the guard may have been removed after the question was asked"),
        row(
            "rejected",
            () ->
                Scene.of(
                    direct()
                        .annotation("heal8s.io/reject", "eve")
                        .label("heal8s.io/cause", causeOfA())),
            Phase.Failed,
            "Rejected",
            "a person said no, and that is remembered already"),
        effect(
            "rejected, not remembered",
            () -> Scene.of(direct().annotation("heal8s.io/reject", "eve")),
            Phase.Pending,
            "Planned",
            "RememberRefusal",
            "the refusal is remembered before the end is written"),
        row(
            "managed, direct",
            () ->
                Scene.of(approved())
                    .deployment(
                        Live.annotated(
                            Live.deployment("256Mi", 1), "meta.helm.sh/release-name", "shop")),
            Phase.Pending,
            "ManagedElsewhere",
            "Helm would undo it"),
        row(
            "managed, direct, allowed",
            () ->
                Scene.of(approved())
                    .policy("{\"directOnManaged\":true}")
                    .deployment(
                        Live.annotated(
                            Live.deployment("256Mi", 1), "meta.helm.sh/release-name", "shop")),
            Phase.Applying,
            "ApplyRecorded",
            "the policy allows it"),
        row(
            "managed, git",
            () ->
                Scene.of(a())
                    .deployment(
                        Live.annotated(
                            Live.deployment("256Mi", 1), "meta.helm.sh/release-name", "shop")),
            Phase.Pending,
            "ReadyToAct",
            "through git is how managed workloads are changed"),
        row(
            "policy unusable",
            () -> Scene.of(a()).policy("{\"freeze\":[{\"x\":1}]}"),
            Phase.Pending,
            "PolicyNotUsable",
            "nothing acts under a policy that cannot be used"),
        row(
            "action not allowed",
            () -> Scene.of(a()).policy("{\"allow\":{\"actions\":[\"ScaleUp\"]}}"),
            Phase.Pending,
            "ActionNotAllowed",
            "the policy allows another action"),
        row(
            "unknown action",
            () -> Scene.of(a().action(null)),
            Phase.Pending,
            "UnsupportedValue",
            "a newer release wrote it"),
        row(
            "metric query",
            () -> Scene.of(a().verify("up", null)),
            Phase.Pending,
            "NotSupportedYet",
            "a proof that cannot be made must not be skipped"),
        row(
            "health condition",
            () -> Scene.of(a().verify(null, "Available")),
            Phase.Pending,
            "NotSupportedYet",
            "a proof that cannot be made must not be skipped"),
        row(
            "escalation",
            () -> Scene.of(a().escalate()),
            Phase.Pending,
            "NotSupportedYet",
            "what cannot be done is told before anything is done"),
        row(
            "other namespace",
            () -> Scene.of(a().targetNamespace("pay")),
            Phase.Pending,
            "CrossNamespaceNotAllowed",
            "it lives in the namespace of its target"),
        row(
            "suite namespace, closed",
            () -> Scene.of(a().in("heal8s-system")),
            Phase.Pending,
            "CrossNamespaceNotAllowed",
            "the cluster policy opens no namespace"),
        row(
            "dry run",
            () -> Scene.of(a()).policy("{\"dryRun\":true}"),
            Phase.Pending,
            "DryRun",
            "the plan is stated, nothing acts"),
        row(
            "dry run, approved",
            () -> Scene.of(approved()).policy("{\"dryRun\":true}"),
            Phase.Pending,
            "DryRun",
            "an approval given in a rehearsal must not act"),
        row(
            "expired",
            () -> Scene.of(a()).at(Duration.ofHours(24)),
            Phase.Expired,
            "TtlExceeded",
            "24 h without an effect"),
        row(
            "own ttl",
            () -> Scene.of(a().ttl("30s")),
            Phase.Expired,
            "TtlExceeded",
            "the object may say how long"),
        row(
            "ttl that is no duration",
            () -> Scene.of(a().ttl("soon")).at(Duration.ofHours(23)),
            Phase.Pending,
            "ReadyToAct",
            "then the policy's holds"),
        row(
            "stalled and expired",
            () ->
                Scene.of(a().held("ManagedElsewhere").stalled("ManagedElsewhere", MIN))
                    .at(Duration.ofHours(25)),
            Phase.Expired,
            "TtlExceeded",
            "a stall ends with the time to live"),
        row(
            "target gone",
            () -> Scene.of(a()).deployment(null),
            Phase.Pending,
            "TargetNotFound",
            "somebody may bring it back; otherwise it expires"),
        row(
            "cannot be planned any more",
            () ->
                Scene.of(a())
                    .plans(
                        new Planning.CannotPlan(new Verdict(PlanReason.NoRepository, "no rule"))),
            Phase.Pending,
            "NoRepository",
            "the policy lost its repository"),
        row(
            "being deleted",
            () -> Scene.of(a().deleting()),
            Phase.Pending,
            "Planned",
            "an object on its way out is left alone"));
  }
}
