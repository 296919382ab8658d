// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.target.Resolution;
import io.heal8s.operator.target.TargetReason;
import io.heal8s.operator.testing.Live;
import io.heal8s.operator.testing.Policies;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of one that arrives. */
class IntakeJudgeTest {

  private static final ResolvedTarget TARGET =
      new ResolvedTarget("apps/v1", "Deployment", "shop", "api", "uid-api", "api");
  private static final Resolution FOUND =
      new Resolution.Resolved(TARGET, Live.deployment("256Mi", 1));
  private static final Planning PLANNED =
      new Planning.Planned(TARGET, Rem.plan("plan-1", "256Mi", "320Mi"));
  private static final Resolution GONE =
      new Resolution.Unresolvable(new Verdict(TargetReason.PodGone, "gone"));
  private static final Planning NO_LIMIT =
      new Planning.CannotPlan(new Verdict(PlanReason.NoMemoryLimit, "no limit"));

  /**
   * One row.
   *
   * @param rem who arrives
   * @param policy its rules
   * @param change what else is known
   * @param because why it must be so
   */
  record Case(
      String name,
      Rem rem,
      String policy,
      Resolution resolution,
      Planning planning,
      UnaryOperator<IntakeSnapshot> change,
      Phase phase,
      String reason,
      String because) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case row(
      String name,
      Rem rem,
      String policy,
      Resolution resolution,
      Planning planning,
      Phase phase,
      String reason,
      String because) {
    return new Case(name, rem, policy, resolution, planning, same -> same, phase, reason, because);
  }

  private static IntakeSnapshot unreadable(IntakeSnapshot seen, boolean forEver) {
    return seen.with(
        new IntakeSnapshot.ReadFailure("cannot read", forEver ? null : new Exception("503")));
  }

  static Stream<Case> arrivals() {
    Rem fresh = Rem.fresh("a");
    return Stream.of(
        row(
            "planned",
            fresh,
            "{}",
            FOUND,
            PLANNED,
            Phase.Pending,
            "Planned",
            "target and plan are written at once"),
        row("pod gone", fresh, "{}", GONE, PLANNED, Phase.Pending, "PodGone", "a person must look"),
        row(
            "no limit",
            fresh,
            "{}",
            FOUND,
            NO_LIMIT,
            Phase.Pending,
            "NoMemoryLimit",
            "adding a limit to an unlimited process kills it"),
        row(
            "policy unusable",
            fresh,
            "{\"freeze\":[{\"a\":1}]}",
            FOUND,
            PLANNED,
            Phase.Pending,
            "PolicyNotUsable",
            "judged before anything is read"),
        row(
            "action not allowed",
            fresh,
            "{\"allow\":{\"actions\":[\"ScaleUp\"]}}",
            FOUND,
            PLANNED,
            Phase.Pending,
            "ActionNotAllowed",
            "judged before anything is read"),
        row(
            "other namespace",
            Rem.fresh("a").targetNamespace("pay"),
            "{}",
            FOUND,
            PLANNED,
            Phase.Pending,
            "CrossNamespaceNotAllowed",
            "and nothing of it is read"),
        row(
            "expired",
            Rem.fresh("a").ttl("1s"),
            "{}",
            FOUND,
            PLANNED,
            Phase.Expired,
            "TtlExceeded",
            "the time to live runs from the creation"),
        new Case(
            "cannot be read now",
            fresh,
            "{}",
            FOUND,
            PLANNED,
            seen -> unreadable(seen, false),
            Phase.Analyzing,
            "ReadFailed",
            "it is tried again"),
        new Case(
            "kind that nobody can read",
            fresh,
            "{}",
            FOUND,
            PLANNED,
            seen -> unreadable(seen, true),
            Phase.Pending,
            "UnsupportedTarget",
            "another try would fail as well"));
  }

  private static IntakeSnapshot snapshot(Remediation remediation, String policy, boolean changed) {
    return new IntakeSnapshot(
        remediation, Policies.of(policy), changed, Scene.SITE, Known.NOTHING, null);
  }

  @ParameterizedTest
  @MethodSource("arrivals")
  void follows(Case row) {
    IntakeJudge judge =
        new IntakeJudge((rem, known) -> row.resolution(), (request, known) -> row.planning());
    IntakeSnapshot seen = row.change().apply(snapshot(row.rem().build(), row.policy(), true));

    var decided = (Judgement.Decided) judge.judge(seen, Rem.T0.plus(Duration.ofMinutes(1)));

    var write = (RemediationIntent.WriteStatus) decided.decision().intents().getFirst();
    assertThat(write.status().phase()).as(row.because()).isEqualTo(row.phase());
    assertThat(write.status().reason()).as(row.because()).isEqualTo(row.reason());
    assertThat(write.status().isTrue(ConditionType.AlertReceived)).isTrue();
    assertThat(write.status().observedGeneration()).isEqualTo(1);
  }

  @Test
  void oneThatIsPlannedIsNeverTouchedAgain() {
    assertThat(IntakeJudge.finished(Rem.planned("a").build())).isTrue();
    assertThat(IntakeJudge.finished(Rem.fresh("a").build())).isFalse();
  }

  @Test
  void aStallStandsWithoutReadingUntilItsTimeIsOver() {
    IntakeJudge judge =
        new IntakeJudge(
            (rem, known) ->
                new Resolution.NeedsReading(Set.<Query>of(new Query.Get("v1", "Pod", "shop", "p"))),
            (request, known) -> PLANNED);
    Rem stalled = Rem.planned("a").stalled("PodGone", Duration.ZERO);
    stalled.is(ConditionType.Planned, false, "PodGone");
    RemediationStatus status = stalled.build().statusOrEmpty();
    assertThat(status.isTrue(ConditionType.Planned)).isFalse();
    Remediation remediation = stalled.build();

    Judgement again = judge.judge(snapshot(remediation, "{}", false), Rem.T0.plusSeconds(60));
    Judgement afterChange = judge.judge(snapshot(remediation, "{}", true), Rem.T0.plusSeconds(60));

    Decision<RemediationIntent> rest = ((Judgement.Decided) again).decision();
    assertThat(rest.intents()).isEmpty();
    assertThat(rest.outcome())
        .isInstanceOfSatisfying(
            Outcome.Stalled.class,
            outcome -> assertThat(outcome.deadline()).isEqualTo(Rem.T0.plus(Duration.ofHours(24))));
    assertThat(afterChange)
        .as("a changed policy is a reason to read again")
        .isInstanceOf(Judgement.NeedsReading.class);
  }
}
