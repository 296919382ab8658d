// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Applied;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One that the gate let through in git mode: the pr service and people come next. */
final class Proposed {

  private final AtTheGate gate;

  Proposed(AtTheGate gate) {
    this.gate = gate;
  }

  Step step(Turn turn) {
    PullRequest request = turn.status().pullRequest();
    PullRequest.State state = Proposals.state(request);
    if (request != null && Proposals.merged(request)) {
      return merged(turn, request);
    }
    if (state == PullRequest.State.Closed) {
      return Endings.refused(turn, closedBy(request));
    }
    Optional<Step> over = AlertOver.end(turn);
    if (over.isPresent()) {
      return over.get();
    }
    if (!Proposals.known(turn.status()) && (turn.inputsChanged() || mayFitAnew(turn))) {
      return gate.step(turn);
    }
    Instant expires = turn.self().expires(turn.policy());
    if (!turn.now().isBefore(expires)) {
      return Endings.expired(turn);
    }
    return Step.be(waiting(turn, letThrough(turn)), expires);
  }

  /**
   * When something is due for one that was let through. A base that is merged and not yet synced
   * makes no event when the target finally shows it, and a plan from there fits.
   */
  static Instant due(Turn turn) {
    Instant expires = turn.self().expires(turn.policy());
    Instant next = Pace.fitting(turn.now());
    return mayFitAnew(turn) && next.isBefore(expires) ? next : expires;
  }

  /** Whether it waits for what a plan from a fresh reading may end, and no person must act. */
  private static boolean mayFitAnew(Turn turn) {
    return Proposals.obstacle(turn.status(), ConditionType.PullRequestOpen)
        .filter(Proposals::passesWithAnotherPlan)
        .isPresent();
  }

  /** One whose branch may exist already: it goes on as it was planned. */
  static Step again(Turn turn) {
    return Step.be(waiting(turn, letThrough(turn)), turn.self().expires(turn.policy()));
  }

  /** Let through, also where the gate said otherwise before the pull request was found. */
  private static StatusDraft letThrough(Turn turn) {
    return turn.self().gated()
        ? turn.draft()
        : turn.draft()
            .joinedTo(null)
            .isTrue(
                ConditionType.Gated,
                LifecycleReason.ReadyToAct,
                "the plan was let through, and its pull request may exist");
  }

  /** What is waited for, as far as the pr service has told. */
  static StatusDraft waiting(Turn turn, StatusDraft draft) {
    Optional<Condition> obstacle = Proposals.obstacle(turn.status(), ConditionType.PullRequestOpen);
    if (obstacle.isPresent()) {
      return held(draft, obstacle.get());
    }
    if (turn.status().isTrue(ConditionType.PullRequestOpen)) {
      String url = turn.status().prUrl();
      return draft.because(
          LifecycleReason.PullRequestOpen, "waits for people" + (url == null ? "" : ": " + url));
    }
    return draft.because(
        LifecycleReason.ReadyToAct, "the pull request service opens a pull request next");
  }

  /** Waits for a person only where one must change something. */
  static StatusDraft held(StatusDraft draft, Condition obstacle) {
    return Proposals.stalls(obstacle)
        ? draft.stalled(obstacle.reason(), obstacle.message())
        : draft.because(obstacle.reason(), obstacle.message());
  }

  private static Step merged(Turn turn, PullRequest request) {
    List<Change> effective = Proposals.effective(turn.plan(), request.mergedValues());
    boolean already = request.state() == PullRequest.State.NotYetSynced;
    if (effective.isEmpty()) {
      return Endings.failed(
          turn,
          LifecycleReason.MergedWithoutChange,
          "the base branch holds none of the planned values after the merge");
    }
    LifecycleReason reason = already ? LifecycleReason.NotYetSynced : LifecycleReason.Merged;
    String message =
        already
            ? "the base branch already holds the planned values; waits until the target shows them"
            : "merged; waits until the target shows the merged values";
    StatusDraft draft = letThrough(turn);
    draft
        .applied(new Applied(draft.now(), turn.plan().id(), Mode.GitOps, effective, null, null))
        .oneMoreAttempt()
        .isFalse(ConditionType.Applied, reason, message)
        .because(reason, message);
    return Step.be(draft, turn.now().plus(Pace.FIRST));
  }

  private static String closedBy(@Nullable PullRequest request) {
    String message = request == null ? null : request.message();
    return "a person closed the pull request" + (message == null ? "" : ": " + message);
  }
}
