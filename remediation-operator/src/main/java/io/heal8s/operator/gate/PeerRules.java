// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.decide.RuleChain;
import io.heal8s.core.decide.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is judged from the Remediations of the same target alone, without reading anything. */
final class PeerRules {

  static final RuleChain<GateRequest> CHAIN =
      new RuleChain<>(
          List.of(
              PeerRules::rejected,
              PeerRules::refusedBefore,
              PeerRules::newerDecision,
              PeerRules::joined,
              PeerRules::healedByLeader,
              PeerRules::gaveUp,
              PeerRules::targetBusy,
              PeerRules::dryRun,
              PeerRules::cooldown,
              PeerRules::retryAfter,
              PeerRules::notItsTurn));

  private PeerRules() {}

  private static Optional<Verdict> rejected(GateRequest request, Instant now) {
    String who = annotation(request.candidate(), Annotations.REJECT);
    return who.isEmpty()
        ? Optional.empty()
        : Optional.of(new Verdict(GateReason.Rejected, "rejected by " + who));
  }

  private static Optional<Verdict> refusedBefore(GateRequest request, Instant now) {
    Peers peers = new Peers(request);
    return request.others().stream()
        .filter(other -> peers.refusedForBoth(other, now))
        .findFirst()
        .map(
            other ->
                new Verdict(
                    GateReason.RefusedBefore,
                    "refused by a person on "
                        + peers.nameOf(other)
                        + "; remove its label "
                        + Annotations.CAUSE
                        + " to allow it again"));
  }

  /** Only for one that has done nothing yet. */
  static Optional<Verdict> newerDecision(GateRequest request, Instant now) {
    Peers peers = new Peers(request);
    return peers
        .newerDecision()
        .map(
            newer ->
                new Verdict(
                    GateReason.NewerDecision,
                    peers.nameOf(newer)
                        + " asks for a number of replicas too, later and by the same detector"));
  }

  private static Optional<Verdict> joined(GateRequest request, Instant now) {
    Peers peers = new Peers(request);
    return peers
        .leader()
        .map(
            leader ->
                new Verdict(
                    GateReason.Joined,
                    peers.nameOf(leader) + " does the same to the same target; waits for its end"));
  }

  private static Optional<Verdict> healedByLeader(GateRequest request, Instant now) {
    Peers peers = new Peers(request);
    return peers
        .joinedTo()
        .filter(
            leader ->
                leader.status().phase() == Phase.Succeeded
                    || leader.status().phase() == Phase.Superseded)
        .map(
            leader ->
                new Verdict(
                    GateReason.HealedBy,
                    "healed by " + peers.nameOf(leader) + ", which it joined"));
  }

  private static Optional<Verdict> gaveUp(GateRequest request, Instant now) {
    Instant since = now.minus(request.policy().ttl());
    List<Standing> tries = new Peers(request).failedAttempts(since);
    if (tries.size() < request.policy().maxAttempts()) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict(
            GateReason.GaveUp,
            tries.size()
                + " tries in "
                + request.policy().ttl().toHours()
                + " h did not heal it, the last one "
                + tries.getLast().name()
                + "; somebody must look at the workload"));
  }

  private static Optional<Verdict> targetBusy(GateRequest request, Instant now) {
    return request.others().stream()
        .filter(Standing::holds)
        .filter(holder -> holder.onlyTells() == request.candidate().onlyTells())
        .findFirst()
        .map(
            holder ->
                new Verdict(
                    GateReason.TargetBusy,
                    new Peers(request).nameOf(holder) + " is changing or verifying the target"));
  }

  private static Optional<Verdict> dryRun(GateRequest request, Instant now) {
    return request.policy().dryRun()
        ? Optional.of(
            new Verdict(
                GateReason.DryRun,
                "the RemediationPolicy says dryRun: the plan is stated, nothing acts"))
        : Optional.empty();
  }

  private static Optional<Verdict> cooldown(GateRequest request, Instant now) {
    return new Peers(request)
        .cooldownEnd()
        .filter(now::isBefore)
        .map(
            end ->
                new Verdict(
                    GateReason.Cooldown,
                    "the same action acted on this target a moment ago; acts after " + end));
  }

  private static Optional<Verdict> retryAfter(GateRequest request, Instant now) {
    return new Peers(request)
        .retryAt(now)
        .filter(now::isBefore)
        .map(
            at ->
                new Verdict(
                    GateReason.RetryAfter,
                    "the last try of this cause did not heal the target; acts after " + at));
  }

  private static Optional<Verdict> notItsTurn(GateRequest request, Instant now) {
    Peers peers = new Peers(request);
    return peers
        .earlierInList(now)
        .map(
            earlier ->
                new Verdict(
                    GateReason.NotItsTurn,
                    peers.nameOf(earlier) + " stands before it in the list of its detector"));
  }

  static String annotation(Standing standing, String key) {
    var annotations = standing.remediation().getMetadata().getAnnotations();
    String value = annotations == null ? null : annotations.get(key);
    return value == null ? "" : value.strip();
  }
}
