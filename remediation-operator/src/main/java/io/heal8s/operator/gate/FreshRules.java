// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.Detector;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.decide.Rule;
import io.heal8s.core.decide.RuleChain;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.EffectKind;
import io.heal8s.operator.target.ManagedBy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is judged from a fresh reading of the target, the approval guard and the new plan. */
final class FreshRules {

  /**
   * Both halves of what a rule looks at.
   *
   * @param request who wants to act
   * @param facts what was read
   */
  record Case(GateRequest request, FreshFacts facts) {}

  static final RuleChain<Case> CHAIN =
      new RuleChain<>(
          List.<Rule<Case>>of(
              FreshRules::healedBy,
              FreshRules::managedElsewhere,
              FreshRules::approvalGuarded,
              FreshRules::approved));

  private FreshRules() {}

  static boolean direct(GateRequest request) {
    return request.remediation().spec().strategy().modeOrDefault() == Mode.Direct;
  }

  /**
   * Whether a person must approve: in git mode the pull request is the approval; in direct mode
   * only a detector that the policy names may act unasked.
   */
  static boolean approvalNeeded(GateRequest request) {
    if (!direct(request)) {
      return false;
    }
    if (request.remediation().spec().strategy().approvalRequired()) {
      return true;
    }
    var spec = request.remediation().spec();
    Detector detector = spec.detector();
    String asker = detector == null ? "Alert" : detector.kind();
    return request.policy().unapproved().stream()
        .noneMatch(
            unapproved ->
                unapproved.detector().equals(asker)
                    && (unapproved.actions() == null
                        || unapproved.actions().contains(spec.action().type())));
  }

  /** Whether the annotations approve exactly that plan. */
  static boolean approves(Standing candidate, Plan plan) {
    return !PeerRules.annotation(candidate, Annotations.APPROVE).isEmpty()
        && PeerRules.annotation(candidate, Annotations.APPROVED_PLAN).equals(plan.id());
  }

  static Verdict approvalRequired(Standing candidate, Plan plan) {
    String approvedPlan = PeerRules.annotation(candidate, Annotations.APPROVED_PLAN);
    String old =
        approvedPlan.isEmpty() || approvedPlan.equals(plan.id())
            ? ""
            : "; the approval there is of plan " + approvedPlan + ", which is not this one";
    return new Verdict(
        GateReason.ApprovalRequired,
        "approve with: kubectl annotate --overwrite rem/"
            + candidate.name()
            + " -n "
            + candidate.namespace()
            + " "
            + Annotations.APPROVE
            + "=<your user name> "
            + Annotations.APPROVED_PLAN
            + "="
            + plan.id()
            + old);
  }

  private static Optional<Verdict> healedBy(Case c, Instant now) {
    if (!c.facts().healthy()) {
      return Optional.empty();
    }
    Peers peers = new Peers(c.request());
    return peers
        .healer()
        .map(
            healer ->
                new Verdict(
                    GateReason.HealedBy,
                    peers.nameOf(healer)
                        + " acted after this was asked for, and the target is healthy"));
  }

  private static Optional<Verdict> managedElsewhere(Case c, Instant now) {
    boolean changes =
        EffectKind.of(c.request().remediation().spec().action().type()).changesTarget();
    if (!changes || !direct(c.request()) || c.request().policy().directOnManaged()) {
      return Optional.empty();
    }
    return ManagedBy.of(c.facts().live())
        .map(
            manager ->
                new Verdict(
                    GateReason.ManagedElsewhere,
                    "the target is managed by "
                        + manager
                        + ", which would undo a direct change; use spec.strategy.mode GitOps, or"
                        + " set directOnManaged in the RemediationPolicy"));
  }

  private static Optional<Verdict> approvalGuarded(Case c, Instant now) {
    if (!approvalNeeded(c.request()) || c.facts().guarded()) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict(
            GateReason.ApprovalNotGuarded,
            "approvals are not guarded here: install the ValidatingAdmissionPolicy "
                + ApprovalGuard.NAME
                + " and its binding from charts/crds, and give the operator the right to get"
                + " them"));
  }

  private static Optional<Verdict> approved(Case c, Instant now) {
    Standing candidate = c.request().candidate();
    if (!approvalNeeded(c.request()) || approves(candidate, c.facts().plan())) {
      return Optional.empty();
    }
    return Optional.of(approvalRequired(candidate, c.facts().plan()));
  }
}
