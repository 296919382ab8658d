// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Applied;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.api.k8shealer.remediation.Verification;
import io.heal8s.operator.target.Query;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One whose change is merged: a GitOps agent must bring it to the target. */
final class Syncing {

  private Syncing() {}

  static Step step(Turn turn) {
    Optional<Step> over = Endings.stalledTooLong(turn);
    if (over.isPresent()) {
      return over.get();
    }
    Applied applied = Objects.requireNonNull(turn.status().applied());
    Set<Query> missing = missing(turn, LiveValues.queries(turn.target(), applied.changes()));
    if (!missing.isEmpty()) {
      return new Step.Read(missing);
    }
    LiveValues live = LiveValues.of(turn.target(), applied.changes(), turn.known());
    if (live.gone()) {
      return Endings.failed(
          turn, LifecycleReason.TargetGone, "the target was deleted or replaced after the merge");
    }
    return live.allDone() ? live(turn, applied, live) : waiting(turn, applied);
  }

  /** The queries that were not answered yet. */
  static Set<Query> missing(Turn turn, Set<Query> wanted) {
    return wanted.stream()
        .filter(query -> !turn.known().has(query))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Step live(Turn turn, Applied applied, LiveValues live) {
    StatusDraft draft = turn.draft();
    draft
        .applied(
            new Applied(
                applied.at(),
                applied.planId(),
                Mode.GitOps,
                applied.changes(),
                live.generation(),
                null))
        .live()
        .verification(new Verification(draft.now(), null, null, null))
        .isTrue(
            ConditionType.Applied,
            LifecycleReason.RemediationApplied,
            "the target shows the merged values")
        .isFalse(ConditionType.Verified, LifecycleReason.Verifying, "")
        .because(LifecycleReason.Verifying, "the change is live; its health is being verified");
    return Step.be(draft, turn.now().plus(Pace.FIRST));
  }

  private static Step waiting(Turn turn, Applied applied) {
    Instant timeout = applied.at().toInstant().plus(turn.policy().applyTimeout());
    if (turn.now().isBefore(timeout)) {
      PullRequest request = turn.status().pullRequest();
      boolean already = Proposals.state(request) == PullRequest.State.NotYetSynced;
      Instant next = Pace.sync(applied.at(), turn.now());
      return Step.be(
          turn.draft()
              .because(
                  already ? LifecycleReason.NotYetSynced : LifecycleReason.Merged,
                  "waits until the target shows the merged values"),
          next.isBefore(timeout) ? next : timeout);
    }
    Instant end = Endings.stalledUntil(turn);
    Instant next = Pace.stalled(turn.now());
    return Step.be(
        turn.draft()
            .stalled(
                LifecycleReason.MergedNotApplied.name(),
                "the merged values did not reach the target in "
                    + turn.policy().applyTimeout().toMinutes()
                    + " min; look at the GitOps agent of this cluster"),
        next.isBefore(end) ? next : end);
  }
}
