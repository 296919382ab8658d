// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Revert;
import io.heal8s.operator.target.Query;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One whose change did not help and is taken back by a pull request. */
final class Reverting {

  private final Turn turn;
  private final Revert revert;

  Reverting(Turn turn) {
    this.turn = turn;
    this.revert = Objects.requireNonNull(turn.status().revert());
  }

  Step step() {
    PullRequest request = turn.status().revertPullRequest();
    if (request != null && Proposals.merged(request)) {
      return merged(request);
    }
    if (Proposals.state(request) == PullRequest.State.Closed) {
      return Endings.failed(
          turn, LifecycleReason.RevertRefused, "a person closed the revert pull request");
    }
    Optional<Step> over = Endings.stalledTooLong(turn);
    if (over.isPresent()) {
      return over.get();
    }
    Optional<Condition> obstacle = Proposals.obstacle(turn.status(), ConditionType.RevertOpen);
    if (obstacle.filter(Proposals::stalls).isPresent()) {
      return Step.be(Proposed.held(turn.draft(), obstacle.get()), Endings.stalledUntil(turn));
    }
    Instant late = requestedAt().plus(turn.policy().ttl());
    if (!turn.now().isBefore(late)) {
      return Step.be(
          turn.draft()
              .stalled(
                  LifecycleReason.RevertNotMerged.name(),
                  obstacle
                      .map(
                          said ->
                              "the revert pull request is not open yet: "
                                  + said.reason()
                                  + ": "
                                  + said.message())
                      .orElse("the revert pull request waits for people; merge or close it")),
          Endings.stalledUntil(turn));
    }
    StatusDraft draft =
        obstacle
            .map(said -> Proposed.held(turn.draft(), said))
            .orElseGet(() -> turn.draft().because(LifecycleReason.Undoing, revert.reason()));
    return Step.be(draft, late);
  }

  private Step merged(PullRequest request) {
    List<Change> changes = wanted(request);
    Set<Query> missing = Syncing.missing(turn, LiveValues.queries(turn.target(), changes));
    if (!missing.isEmpty()) {
      return new Step.Read(missing);
    }
    LiveValues live = LiveValues.of(turn.target(), changes, turn.known());
    if (live.gone()) {
      return Endings.failed(
          turn, LifecycleReason.TargetGone, "the target was deleted or replaced before the undo");
    }
    if (live.allDone()) {
      return Step.be(
          turn.draft()
              .end(
                  Phase.RolledBack,
                  LifecycleReason.NotHealthy.name(),
                  "the change was taken back; " + revert.reason()),
          null);
    }
    OffsetDateTime mergedAt = request.mergedAt();
    Instant since = mergedAt == null ? requestedAt() : mergedAt.toInstant();
    Instant timeout = since.plus(turn.policy().applyTimeout());
    if (!turn.now().isBefore(timeout)) {
      return Endings.failed(
          turn,
          LifecycleReason.RevertNotApplied,
          "the revert was merged but did not reach the target in time");
    }
    Instant next = Pace.sync(since.atOffset(java.time.ZoneOffset.UTC), turn.now());
    return Step.be(
        turn.draft().because(LifecycleReason.Undoing, revert.reason()),
        next.isBefore(timeout) ? next : timeout);
  }

  // A reviewer may have merged other values than those that were asked for.
  private List<Change> wanted(PullRequest request) {
    if (request.mergedValues().isEmpty()) {
      return revert.changes();
    }
    List<Change> effective = Proposals.merged(revert.changes(), request.mergedValues());
    return effective.isEmpty() ? revert.changes() : effective;
  }

  private Instant requestedAt() {
    OffsetDateTime at = revert.requestedAt();
    return at == null ? turn.self().created() : at.toInstant();
  }
}
