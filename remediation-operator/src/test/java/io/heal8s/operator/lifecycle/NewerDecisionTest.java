// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.operator.gate.Cause;
import io.heal8s.operator.testing.Rem;
import java.util.Objects;
import java.util.stream.Stream;

/** A detector that decides anew before its last decision was carried out. */
class NewerDecisionTest extends TargetTable {

  private static final String EDGE = "2026-03-01T12:00:00+00:00";
  private static final String EDGE_BEFORE = "2026-03-01T11:50:00+00:00";

  private static final String CAUSE = "heal8s.io/cause";

  private static final String TRUSTED =
      "{\"allow\":{\"unapproved\":[{\"detector\":\"TargetApp\"}]}}";

  private static Scene trusted(Rem... rems) {
    return Scene.of(rems).policy(TRUSTED);
  }

  private static Rem exec(String name, String edge) {
    return Rem.planned(name)
        .direct()
        .approval(false)
        .action(ActionType.ExecCommand)
        .firedBy(edge, 0)
        .as("runner");
  }

  private static Rem scale(String name) {
    return Rem.planned(name)
        .direct()
        .approval(false)
        .action(ActionType.ScaleTo)
        .detector("TargetApp");
  }

  /** Asked for by alert X. */
  private static Rem x(String name) {
    return Rem.planned(name).action(ActionType.ScaleTo).alert("X");
  }

  private static String causeOfB() {
    Remediation b = x("b").build();
    return Cause.of("c1", Objects.requireNonNull(b.statusOrEmpty().target()), b);
  }

  static Stream<Case> cases() {
    return Stream.of(
        row(
            "scaled anew",
            () -> trusted(scale("a"), scale("b").created(MIN)),
            Phase.Superseded,
            "NewerDecision",
            "the last decision of a detector counts, the one before it would come at the wrong load"),
        row(
            "scaled anew for another reason",
            () -> trusted(scale("a"), scale("b").detector("TargetApp", "Idle").created(MIN)),
            Phase.Superseded,
            "NewerDecision",
            "too much and too little load are reasons of one detector"),
        row(
            "scaled anew while it waited",
            () -> trusted(scale("a").held("Cooldown"), scale("b").created(MIN)),
            Phase.Superseded,
            "NewerDecision",
            "and so for each that waits"),
        row(
            "scaled anew while it waited for approval",
            () -> trusted(scale("a").approval(true).awaitingApproval(), scale("b").created(MIN)),
            Phase.Superseded,
            "NewerDecision",
            "nobody should be asked about what is not wanted any more"),
        row(
            "scaled anew and done already",
            () ->
                trusted(
                    scale("a").held("Cooldown"),
                    scale("b")
                        .created(MIN)
                        .verifying(MIN, null, null)
                        .ended(Phase.Succeeded, "Healthy", MIN)),
            Phase.Superseded,
            "NewerDecision",
            "an old number must not follow a new one"),
        row(
            "scaled anew, which was rejected",
            () -> trusted(scale("a"), scale("b").created(MIN).ended(Phase.Failed, "Rejected", MIN)),
            Phase.Applying,
            "ApplyRecorded",
            "what was refused replaces nothing"),
        row(
            "scaled anew, for a cause that was refused, its pull request open",
            () ->
                Scene.of(
                    a().action(ActionType.ScaleTo).alert("Y").proposed(),
                    x("refused").ended(Phase.Failed, "Refused", MIN).label(CAUSE, causeOfB()),
                    x("b").created(MIN)),
            Phase.PRCreated,
            "PullRequestOpen",
            "what the gate will refuse replaces nothing"),
        row(
            "scaled anew, for a cause that was refused",
            () ->
                Scene.of(
                    a().action(ActionType.ScaleTo).alert("Y"),
                    x("refused").ended(Phase.Failed, "Refused", MIN).label(CAUSE, causeOfB()),
                    x("b").created(MIN)),
            Phase.Pending,
            "ReadyToAct",
            "nor one that has not been let through itself"),
        row(
            "scaled anew, which cannot act directly, its pull request open",
            () ->
                Scene.of(
                        a().action(ActionType.ScaleTo).alert("Y").proposed(),
                        x("b").direct().created(MIN))
                    .unguarded(),
            Phase.PRCreated,
            "PullRequestOpen",
            "a stalled one may never act"),
        row(
            "scaled anew, which is stalled already",
            () ->
                trusted(
                    scale("a"),
                    scale("b")
                        .created(MIN)
                        .held("ManagedElsewhere")
                        .stalled("ManagedElsewhere", MIN)),
            Phase.Applying,
            "ApplyRecorded",
            "a stalled one may never act"),
        row(
            "scaled anew twice, the last one for a cause that was refused",
            () ->
                Scene.of(
                    a().action(ActionType.ScaleTo).alert("Y").created(MIN.negated()),
                    x("refused").ended(Phase.Failed, "Refused", MIN).label(CAUSE, causeOfB()),
                    x("c").alert("Y"),
                    x("b").created(MIN)),
            Phase.Superseded,
            "NewerDecision",
            "the one between them is wanted still"),
        row(
            "scaled by an older decision",
            () -> trusted(scale("a"), scale("b").created(MIN.negated()).held("Cooldown")),
            Phase.Applying,
            "ApplyRecorded",
            "this one is the newest"),
        row(
            "scaled anew by another detector",
            () -> trusted(scale("a"), scale("b").detector("AnomalyAction").created(MIN)),
            Phase.Applying,
            "ApplyRecorded",
            "only one's own decision can be taken back"),
        row(
            "scaled anew, but acting",
            () ->
                trusted(
                        scale("a").gated().verifying(MIN.negated(), null, null),
                        scale("b").created(MIN))
                    .limit("320Mi"),
            Phase.Verifying,
            "Verifying",
            "what began is ended as what it was"),
        row(
            "scaled anew, its pull request open",
            () ->
                trusted(
                    a().action(ActionType.ScaleTo).detector("TargetApp").proposed(),
                    scale("b").created(MIN)),
            Phase.Superseded,
            "NewerDecision",
            "merged later it would be as late as a direct one"),
        row(
            "scaled anew, its pull request merged",
            () ->
                trusted(
                    a().action(ActionType.ScaleTo)
                        .detector("TargetApp")
                        .proposed()
                        .pullRequest(State.Merged, "320Mi"),
                    scale("b").created(MIN)),
            Phase.Applying,
            "Merged",
            "a merge is an effect"),
        row(
            "commanded anew",
            () -> trusted(exec("a", EDGE_BEFORE), exec("b", EDGE).created(MIN)),
            Phase.Applying,
            "ApplyRecorded",
            "only a number of replicas is replaced by another"));
  }
}
