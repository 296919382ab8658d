// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.decide.Verdict;
import io.heal8s.operator.intent.EffectCounts;
import java.time.Instant;
import java.util.Optional;

/**
 * The gate. First verdict wins; the order is part of the contract:
 *
 * <pre>
 * before anything is read (a Remediation must not learn what it may not touch)
 *  1 PolicyNotUsable, UnsupportedValue, NotSupportedYet
 *  2 ActionNotAllowed
 *  3 CrossNamespaceNotAllowed
 * from the Remediations of the same target alone (at rest nothing more is looked at)
 *  4 Rejected            a person's no comes before everything that could act
 *  5 RefusedBefore       so nobody is asked twice about one cause
 *  6 NewerDecision       what the detector wants now counts, not what it wanted then
 *    Joined, HealedBy    so one crash loop asks for one approval, not for a hundred
 *  7 GaveUp
 *  8 TargetBusy          before approval: the plan is made anew after this wait
 *  9 DryRun              before approval: an approval given in a rehearsal must not act later
 * 10 Cooldown, RetryAfter
 *    NotItsTurn          last of the waits: those above say when they end
 * from a fresh reading and a plan made of it
 * 11 HealedBy            the wait is over: perhaps there is nothing left to heal
 * 12 ManagedElsewhere    direct mode only
 * 13 ApprovalNotGuarded, ApprovalRequired
 * 14 BudgetExhausted     judged once more under the lock of the effect ledger
 * </pre>
 */
public final class Gate {

  private Gate() {}

  /** Rules 1-3. */
  public static Optional<Verdict> beforeReading(GateRequest request, Instant now) {
    return AdmissionRules.CHAIN.judge(request, now);
  }

  /** Rules 1-10. */
  public static Optional<Verdict> withoutReading(GateRequest request, Instant now) {
    return AdmissionRules.CHAIN.judge(request, now).or(() -> PeerRules.CHAIN.judge(request, now));
  }

  /** Rules 11-13. */
  public static Optional<Verdict> onFreshReading(
      GateRequest request, FreshFacts facts, Instant now) {
    return FreshRules.CHAIN.judge(new FreshRules.Case(request, facts), now);
  }

  /** Rule 14. */
  public static Optional<Verdict> onBudgets(GateRequest request, EffectCounts counts, Instant now) {
    return BudgetRule.judge(request, counts, now);
  }

  /** Whether {@link FreshFacts#healthy} matters. */
  public static boolean asksForHealth(GateRequest request) {
    return new Peers(request).healer().isPresent();
  }

  /** Whether {@link FreshFacts#guarded} matters. */
  public static boolean asksForGuard(GateRequest request) {
    return FreshRules.approvalNeeded(request);
  }

  /** Whether the annotations approve exactly that plan. */
  public static boolean approves(Standing candidate, Plan plan) {
    return FreshRules.approves(candidate, plan);
  }

  /** What is said while nobody has approved that plan. */
  public static Verdict approvalRequired(Standing candidate, Plan plan) {
    return FreshRules.approvalRequired(candidate, plan);
  }

  /** Whom a candidate held as Joined waits for, as {@code status.joinedTo} names it. */
  public static Optional<String> leaderOf(GateRequest request) {
    Peers peers = new Peers(request);
    return peers.leader().map(peers::nameOf);
  }

  /** When a candidate that the peers' rules hold is worth another look. */
  public static Optional<Instant> waitsUntil(GateRequest request, GateReason reason, Instant now) {
    Peers peers = new Peers(request);
    return switch (reason) {
      case Cooldown -> peers.cooldownEnd();
      case RetryAfter -> peers.retryAt(now);
      case NotItsTurn -> peers.arrivalDue(now);
      case PolicyNotUsable,
          NotSupportedYet,
          UnsupportedValue,
          ActionNotAllowed,
          CrossNamespaceNotAllowed,
          Rejected,
          RefusedBefore,
          GaveUp,
          NewerDecision,
          Joined,
          HealedBy,
          TargetBusy,
          DryRun,
          ManagedElsewhere,
          ApprovalNotGuarded,
          ApprovalRequired,
          BudgetExhausted ->
          Optional.empty();
    };
  }

  /**
   * When the budgets have room again for a candidate held as BudgetExhausted; empty when that is
   * not known, because proposals hold the places.
   */
  public static Optional<Instant> budgetFreeAt(
      GateRequest request, EffectCounts counts, Instant now) {
    return BudgetRule.full(request, counts, now).flatMap(full -> Optional.ofNullable(full.until()));
  }

  /** Whether one that was proposed and waits for its merge is overtaken by a newer decision. */
  public static Optional<Verdict> overtaken(GateRequest request, Instant now) {
    return PeerRules.newerDecision(request, now);
  }
}
