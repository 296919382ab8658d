// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.EffectCounts;
import io.heal8s.operator.lifecycle.Scene.Decided;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A stage and an input, and the phase, reason and effect that must follow. */
class TargetJudgeTest {

  private static final Duration MIN = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * One row.
   *
   * @param scene what is there; the one judged is called {@code a}
   * @param effect the effect that leaves the run, empty for none
   * @param because why it must be so
   */
  record Case(
      String name,
      Supplier<Scene> scene,
      Phase phase,
      String reason,
      String effect,
      String because) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case row(
      String name, Supplier<Scene> scene, Phase phase, String reason, String because) {
    return new Case(name, scene, phase, reason, "", because);
  }

  private static Case effect(
      String name,
      Supplier<Scene> scene,
      Phase phase,
      String reason,
      String effect,
      String because) {
    return new Case(name, scene, phase, reason, effect, because);
  }

  private static Rem a() {
    return Rem.planned("a");
  }

  private static Rem direct() {
    return Rem.planned("a").direct();
  }

  private static Rem approved() {
    return Rem.planned("a")
        .awaitingApproval()
        .annotation("heal8s.io/approve", "eve")
        .annotation("heal8s.io/approved-plan", "plan-1");
  }

  private static Rem older(String name) {
    return Rem.planned(name).created(MIN.negated());
  }

  private static EffectCounts effects(int inNamespace) {
    List<Instant> at =
        IntStream.range(0, inNamespace).mapToObj(i -> Rem.T0.minusSeconds(60 + i)).toList();
    return new EffectCounts(at.reversed(), List.of());
  }

  static Stream<Case> gate() {
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
            "budget of the cluster, unlimited",
            () -> Scene.of(a()).counts(new EffectCounts(List.of(), effects(500).namespace())),
            Phase.Pending,
            "ReadyToAct",
            "without a cluster budget there is no limit"),
        row(
            "budget of the cluster",
            () ->
                Scene.of(a())
                    .policy("{\"budgets\":{\"perCluster\":5}}")
                    .counts(new EffectCounts(List.of(), effects(5).namespace())),
            Phase.Pending,
            "BudgetExhausted",
            "the policy says 5"),
        row(
            "being deleted",
            () -> Scene.of(a().deleting()),
            Phase.Pending,
            "Planned",
            "an object on its way out is left alone"));
  }

  private static String causeOfA() {
    return io.heal8s.operator.gate.Cause.of(
        "c1",
        Objects.requireNonNull(Rem.planned("a").build().statusOrEmpty().target()),
        Rem.planned("a").build());
  }

  static Stream<Case> peers() {
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
            "the target is not healthy, so nothing is healed"),
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

  static Stream<Case> proposed() {
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

  static Stream<Case> effects() {
    return Stream.of(
        row(
            "merged, not live",
            () -> Scene.of(a().syncing(Duration.ZERO)),
            Phase.Applying,
            "Merged",
            "the agent's time"),
        row(
            "merged and live",
            () -> Scene.of(a().syncing(Duration.ZERO)).limit("320Mi"),
            Phase.Verifying,
            "Verifying",
            "now health counts"),
        row(
            "merged and live, spelled otherwise",
            () -> Scene.of(a().syncing(Duration.ZERO)).limit("327680Ki"),
            Phase.Verifying,
            "Verifying",
            "quantities are compared by value"),
        row(
            "merged, never live",
            () -> Scene.of(a().syncing(Duration.ZERO)).at(HOUR),
            Phase.Applying,
            "MergedNotApplied",
            "applyTimeout is an hour"),
        row(
            "stalled, then live",
            () ->
                Scene.of(a().syncing(Duration.ZERO).stalled("MergedNotApplied", HOUR))
                    .limit("320Mi")
                    .at(HOUR.multipliedBy(3)),
            Phase.Verifying,
            "Verifying",
            "an agent that wakes up late is still welcome"),
        row(
            "stalled for a time to live",
            () ->
                Scene.of(a().syncing(Duration.ZERO).stalled("MergedNotApplied", HOUR))
                    .at(Duration.ofHours(25)),
            Phase.Failed,
            "MergedNotApplied",
            "one further ttl after the stall"),
        row(
            "merged, target gone",
            () -> Scene.of(a().syncing(Duration.ZERO)).deployment(null),
            Phase.Failed,
            "TargetGone",
            "nothing is left to heal"),
        row(
            "merged, target replaced",
            () ->
                Scene.of(a().syncing(Duration.ZERO))
                    .deployment(
                        Live.with(Live.deployment("320Mi", 1), "metadata.uid", "\"other\"")),
            Phase.Failed,
            "TargetGone",
            "another object of the same name is another target"),
        effect(
            "direct, recorded",
            () -> Scene.of(direct().intent(RecordedIntent.Type.Apply)),
            Phase.Applying,
            "ApplyRecorded",
            "Apply 256Mi→320Mi",
            "the record is carried out"),
        row(
            "direct, found done",
            () -> Scene.of(direct().intent(RecordedIntent.Type.Apply)).limit("320Mi"),
            Phase.Verifying,
            "Verifying",
            "killed between patch and record: looked up, not repeated"),
        row(
            "direct, target moved",
            () -> Scene.of(direct().intent(RecordedIntent.Type.Apply)).limit("300Mi"),
            Phase.AwaitingApproval,
            "ApprovalRequired",
            "a conflict plans anew, and nobody approved that plan"),
        row(
            "direct, target gone",
            () -> Scene.of(direct().intent(RecordedIntent.Type.Apply)).deployment(null),
            Phase.Pending,
            "TargetNotFound",
            "nothing happened yet"),
        effect(
            "undo, recorded",
            () ->
                Scene.of(
                        direct()
                            .verifying(Duration.ZERO, null, null)
                            .intent(RecordedIntent.Type.Undo))
                    .limit("320Mi"),
            Phase.Applying,
            "Undoing",
            "Undo 320Mi→256Mi",
            "what was written is taken back"),
        row(
            "undo, found done",
            () ->
                Scene.of(
                    direct().verifying(Duration.ZERO, null, null).intent(RecordedIntent.Type.Undo)),
            Phase.RolledBack,
            "NotHealthy",
            "killed between undo and record"),
        row(
            "undo, changed since",
            () ->
                Scene.of(
                        direct()
                            .verifying(Duration.ZERO, null, null)
                            .intent(RecordedIntent.Type.Undo))
                    .limit("1Gi"),
            Phase.Applying,
            "ChangedSince",
            "somebody's newer value is not overwritten"),
        row(
            "undo, changed since, for a time to live",
            () ->
                Scene.of(
                        direct()
                            .verifying(Duration.ZERO, null, null)
                            .intent(RecordedIntent.Type.Undo)
                            .stalled("ChangedSince", MIN))
                    .limit("1Gi")
                    .at(Duration.ofHours(24).plus(MIN)),
            Phase.Failed,
            "ChangedSince",
            "one further ttl after the stall"),
        row(
            "undo, target gone",
            () ->
                Scene.of(
                        direct()
                            .verifying(Duration.ZERO, null, null)
                            .intent(RecordedIntent.Type.Undo))
                    .deployment(null),
            Phase.Failed,
            "TargetGone",
            "nothing is left to take back"));
  }

  static Stream<Case> verification() {
    return Stream.of(
        row(
            "healthy begins",
            () -> Scene.of(a().verifying(Duration.ZERO, null, null)).limit("320Mi"),
            Phase.Verifying,
            "Verifying",
            "healthyFor begins now"),
        row(
            "healthy for long enough",
            () -> Scene.of(a().verifying(Duration.ZERO, Duration.ZERO, 0)).limit("320Mi"),
            Phase.Succeeded,
            "Healthy",
            "60 s is the default"),
        row(
            "healthy, not long enough",
            () -> Scene.of(a().verifying(Duration.ZERO, Duration.ofSeconds(1), 0)).limit("320Mi"),
            Phase.Verifying,
            "Verifying",
            "59 s"),
        row(
            "own healthyFor",
            () ->
                Scene.of(
                        a().verifyTimes("10m", "5s")
                            .verifying(Duration.ZERO, Duration.ofSeconds(54), 0))
                    .limit("320Mi"),
            Phase.Succeeded,
            "Healthy",
            "the object may say how long"),
        row(
            "restarted meanwhile",
            () ->
                Scene.of(a().verifying(Duration.ZERO, Duration.ZERO, 0))
                    .limit("320Mi")
                    .pods(Live.pod("api-h1-0", true, 1, "2026-03-01T11:00:00Z")),
            Phase.Verifying,
            "Verifying",
            "a restart breaks health although the pod is Ready"),
        row(
            "lost Ready between two looks",
            () ->
                Scene.of(a().verifying(Duration.ZERO, Duration.ZERO, 0))
                    .limit("320Mi")
                    .pods(Live.pod("api-h1-0", true, 0, "2026-03-01T12:00:30Z")),
            Phase.Verifying,
            "Verifying",
            "Ready since 12:00:30 is a break after 12:00"),
        row(
            "not healthy, window open",
            () -> Scene.of(a().verifying(Duration.ZERO, null, null)).limit("320Mi").unhealthy(),
            Phase.Verifying,
            "Verifying",
            "the window is 10 min"),
        row(
            "not healthy in the window, git",
            () ->
                Scene.of(a().verifying(Duration.ZERO, null, null))
                    .limit("320Mi")
                    .unhealthy()
                    .at(Duration.ofMinutes(10)),
            Phase.Applying,
            "Undoing",
            "a revert is asked for"),
        row(
            "not healthy in the window, direct",
            () ->
                Scene.of(direct().verifying(Duration.ZERO, null, null))
                    .limit("320Mi")
                    .unhealthy()
                    .at(Duration.ofMinutes(10)),
            Phase.Applying,
            "Undoing",
            "the undo is recorded"),
        row(
            "healthy at the end of the window",
            () ->
                Scene.of(a().verifying(Duration.ZERO, Duration.ofSeconds(590), 0))
                    .limit("320Mi")
                    .at(Duration.ofSeconds(620)),
            Phase.Verifying,
            "Verifying",
            "health that began in the window may be proven"),
        row(
            "health lost after the window",
            () ->
                Scene.of(a().verifying(Duration.ZERO, Duration.ofSeconds(590), 0))
                    .limit("320Mi")
                    .unhealthy()
                    .at(Duration.ofSeconds(620)),
            Phase.Applying,
            "Undoing",
            "and if it is lost the window is over"),
        row(
            "no undo",
            () ->
                Scene.of(direct().plan(noUndo()).verifying(Duration.ZERO, null, null))
                    .limit("320Mi")
                    .unhealthy()
                    .at(Duration.ofMinutes(10)),
            Phase.Failed,
            "NotHealthy",
            "a restart cannot be taken back"),
        row(
            "value changed by somebody",
            () -> Scene.of(a().verifying(Duration.ZERO, Duration.ZERO, 0)).limit("1Gi"),
            Phase.Verifying,
            "Verifying",
            "the proof must be about our change"),
        row(
            "target deleted",
            () -> Scene.of(a().verifying(Duration.ZERO, null, null)).deployment(null),
            Phase.Failed,
            "TargetGone",
            "nothing is left to prove"),
        row(
            "nothing to do, healthy",
            () -> Scene.of(withHealthy(a().verifyingNothing("CapReached", false))),
            Phase.Succeeded,
            "NothingToDo",
            "at its cap and healthy is a success"),
        row(
            "nothing left to do after a wait, healthy",
            () -> Scene.of(withHealthy(a().verifyingNothing("NothingToChange", true))),
            Phase.Superseded,
            "HealedBy",
            "somebody else did it while this one waited"),
        row(
            "nothing to do, sick",
            () ->
                Scene.of(a().verifyingNothing("CapReached", false))
                    .unhealthy()
                    .at(Duration.ofMinutes(10)),
            Phase.Failed,
            "CapReached",
            "and no further raise is allowed"),
        row(
            "nothing to change begins",
            () ->
                Scene.of(a())
                    .plans(
                        new Planning.NothingToDo(
                            Objects.requireNonNull(a().build().statusOrEmpty().target()),
                            noUndo(),
                            PlanReason.CapReached,
                            "at its cap")),
            Phase.Verifying,
            "Verifying",
            "a plan without changes goes to verification"));
  }

  private static Rem withHealthy(Rem rem) {
    RemediationStatus status = rem.build().statusOrEmpty();
    assertThat(status.verification()).isNotNull();
    return rem.healthySince(Duration.ZERO);
  }

  private static io.heal8s.core.api.k8shealer.remediation.Plan noUndo() {
    var plan = Rem.plan("plan-1", "256Mi", "320Mi");
    return new io.heal8s.core.api.k8shealer.remediation.Plan(
        plan.id(), "c1", plan.changes(), plan.diff(), List.of(), "none: cannot", null);
  }

  static Stream<Case> reverts() {
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

  private static Rem resolved(Rem rem) {
    return rem.is(ConditionType.AlertResolved, true, "AlertResolved");
  }

  private static Rem waitsForA(String name) {
    return Rem.planned(name).created(MIN).joinedTo("a").held("Joined");
  }

  static Stream<Case> resolvedAlerts() {
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

  @ParameterizedTest
  @MethodSource({
    "gate",
    "peers",
    "proposed",
    "resolvedAlerts",
    "effects",
    "verification",
    "reverts"
  })
  void follows(Case row) {
    Decided decided = row.scene().get().judge();

    RemediationStatus status = decided.status("a");
    assertThat(status.phase()).as(row.because()).isEqualTo(row.phase());
    assertThat(status.reason()).as(row.because()).isEqualTo(row.reason());
    assertThat(decided.effect().map(TargetJudgeTest::told).orElse(""))
        .as(row.because())
        .isEqualTo(row.effect());
  }

  private static String told(io.heal8s.operator.intent.RemediationIntent intent) {
    return switch (intent) {
      case io.heal8s.operator.intent.RemediationIntent.CarryOut(var base, var type, var changes) ->
          type + " " + changes.getFirst().before() + "→" + changes.getFirst().after();
      case io.heal8s.operator.intent.RemediationIntent.RememberRefusal _ -> "RememberRefusal";
      case io.heal8s.operator.intent.RemediationIntent.WriteStatus _ -> "WriteStatus";
      case io.heal8s.operator.intent.RemediationIntent.Run(var base, var effect) ->
          effect.getClass().getSimpleName();
    };
  }
}
