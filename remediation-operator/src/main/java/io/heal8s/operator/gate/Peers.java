// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the other Remediations of a target mean to one that wants to act. */
final class Peers {

  /** How long one that arrives keeps its place before those that came with it. */
  private static final Duration ARRIVAL = Duration.ofMinutes(1);

  private static final Duration ARRIVAL_PAUSE = Duration.ofSeconds(1);

  private final GateRequest request;
  private final Standing candidate;

  Peers(GateRequest request) {
    this.request = request;
    this.candidate = request.candidate();
  }

  /** The name by which another one is told: with its namespace where that differs. */
  String nameOf(Standing other) {
    return other.namespace().equals(candidate.namespace())
        ? other.name()
        : other.namespace() + "/" + other.name();
  }

  /** Who stands for the candidate, oldest first. */
  Optional<Standing> leader() {
    if (!candidate.repeatable()) {
      return Optional.empty();
    }
    boolean leadsItself = candidate.leads();
    return request.others().stream()
        .filter(other -> other.leads() && other.wantsSameAs(candidate))
        .filter(
            other ->
                !leadsItself
                    || Standing.BY_AGE.compare(other.remediation(), candidate.remediation()) < 0)
        .findFirst();
  }

  /** The one that the candidate waited for, if it still exists. */
  Optional<Standing> joinedTo() {
    String name = candidate.status().joinedTo();
    return name == null
        ? Optional.empty()
        : request.others().stream().filter(other -> nameOf(other).equals(name)).findFirst();
  }

  /** The last success of the same action whose effect came after the candidate was asked for. */
  Optional<Standing> healer() {
    if (!candidate.repeatable()) {
      return Optional.empty();
    }
    return alike()
        .filter(other -> other.status().phase() == Phase.Succeeded)
        .filter(other -> after(other.effectAt(), candidate.asked()))
        .reduce((earlier, later) -> later);
  }

  /** Whether that one was refused, for the candidate's cause or for all that had joined it. */
  boolean refusedForBoth(Standing other, Instant now) {
    var labels = other.remediation().getMetadata().getLabels();
    String cause = labels == null ? null : labels.get(Annotations.CAUSE);
    if (cause == null) {
      return false;
    }
    Instant resolved = other.resolved();
    if (resolved != null && !now.isBefore(resolved.plus(request.policy().refusalTtl()))) {
      return false;
    }
    ResolvedTarget target = candidate.status().target();
    boolean sameCause =
        target != null
            && cause.equals(Cause.of(request.site().cluster(), target, candidate.remediation()));
    return sameCause || nameOf(other).equals(candidate.status().joinedTo());
  }

  /** Ended tries of the same action that did not heal, in the order of their ends. */
  List<Standing> failedAttempts(Instant since) {
    if (!candidate.repeatable()) {
      return List.of();
    }
    return alike()
        .filter(other -> other.failedAttempt() && after(other.resolved(), since))
        .sorted(java.util.Comparator.comparing(o -> Objects.requireNonNull(o.resolved())))
        .toList();
  }

  /** The last one by which the same detector, at another edge, has decided anew. */
  Optional<Standing> newerDecision() {
    return request.others().stream()
        .filter(other -> other.decidesAnew(candidate) && other.counts())
        .reduce((earlier, later) -> later);
  }

  /**
   * One that the candidate's edge asked for earlier in the list, of the same target, and that has
   * not had its turn.
   */
  Optional<Standing> earlierInList(Instant now) {
    return Stream.concat(request.others().stream(), arriving(now))
        .filter(this::comesBeforeCandidate)
        .findFirst();
  }

  /** When one that has no target yet is worth another look; it makes no event of this target. */
  Optional<Instant> arrivalDue(Instant now) {
    return arriving(now)
        .filter(this::comesBeforeCandidate)
        .findFirst()
        .map(arriving -> now.plus(ARRIVAL_PAUSE));
  }

  private boolean comesBeforeCandidate(Standing other) {
    return other.awaitsItsTurn()
        && other.onlyTells() == candidate.onlyTells()
        && candidate.isBeside(other)
        && indexOf(other) < indexOf(candidate);
  }

  // Its target is found within moments or not at all; the others do not wait for what it needs.
  private Stream<Standing> arriving(Instant now) {
    return request.arriving().stream()
        .filter(arriving -> now.isBefore(arriving.created().plus(ARRIVAL)))
        .filter(
            arriving ->
                arriving
                    .remediation()
                    .spec()
                    .target()
                    .equals(candidate.remediation().spec().target()));
  }

  private static int indexOf(Standing standing) {
    return Edge.of(standing.remediation()).map(Edge::index).orElse(0);
  }

  /**
   * When the pause after the last effect of the same action ends. What one edge asked for together
   * is one attempt.
   */
  Optional<Instant> cooldownEnd() {
    return request.others().stream()
        .filter(
            other ->
                other.remediation().spec().action().type()
                    == candidate.remediation().spec().action().type())
        .filter(other -> !candidate.isBeside(other))
        .map(Standing::effectAt)
        .filter(Objects::nonNull)
        .max(Instant::compareTo)
        .map(at -> at.plus(request.policy().cooldown()));
  }

  /** When the next try of the cause may act; empty when there was none. */
  Optional<Instant> retryAt(Instant now) {
    if (!candidate.repeatable()) {
      return Optional.empty();
    }
    List<Standing> tries = failedAttempts(Instant.EPOCH);
    Optional<Instant> last = tries.isEmpty() ? leaderVanished(now) : end(tries.getLast());
    return last.map(end -> end.plus(request.policy().retryAfter()));
  }

  /**
   * When it was noticed that the one it had joined is gone: a leader that was deleted counts as a
   * try, and nobody else remembers when that was.
   */
  private Optional<Instant> leaderVanished(Instant now) {
    if (candidate.status().joinedTo() == null || joinedTo().isPresent()) {
      return Optional.empty();
    }
    var noticed = candidate.status().lastUpdateTime();
    boolean told = GateReason.RetryAfter.name().equals(candidate.status().reason());
    return Optional.of(told && noticed != null ? noticed.toInstant() : now);
  }

  private static Optional<Instant> end(Standing attempt) {
    return Optional.ofNullable(attempt.resolved());
  }

  private Stream<Standing> alike() {
    return request.others().stream().filter(other -> other.wantsSameAs(candidate));
  }

  private static boolean after(@Nullable Instant one, Instant other) {
    return one != null && one.isAfter(other);
  }
}
