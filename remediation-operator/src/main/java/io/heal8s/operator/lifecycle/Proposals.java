// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.PullRequestReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the pr service wrote about a pull request. */
final class Proposals {

  private Proposals() {}

  /** Where the pull request of the plan stands; null when there is none yet. */
  static PullRequest.@Nullable State state(@Nullable PullRequest request) {
    return request == null ? null : request.state();
  }

  /** Whether the base branch has the change: merged, or it was there already. */
  static boolean merged(@Nullable PullRequest request) {
    PullRequest.State state = state(request);
    return state == PullRequest.State.Merged || state == PullRequest.State.NotYetSynced;
  }

  /** Whether the pr service found a pull request, whatever became of it. */
  static boolean known(RemediationStatus status) {
    PullRequest.State state = state(status.pullRequest());
    return state != null && state != PullRequest.State.Pending;
  }

  /**
   * Whether the pr service may have pushed a branch, so that the plan does not move any more: from
   * its recorded intent on, because an answer of the forge may be lost. The plan may still move
   * where the pr service says that only another one helps (a wrong path, no credentials).
   */
  static boolean branchMayExist(RemediationStatus status) {
    if (status.pullRequest() == null) {
      return false;
    }
    return known(status)
        || obstacle(status, ConditionType.PullRequestOpen)
            .flatMap(Proposals::reason)
            .filter(PullRequestReason::callsForAnotherPlan)
            .isEmpty();
  }

  /**
   * The condition by which the pr service says what is in the way of a pull request that is not
   * there yet.
   */
  static Optional<Condition> obstacle(RemediationStatus status, ConditionType type) {
    Condition open = status.condition(type);
    PullRequest request =
        type == ConditionType.PullRequestOpen ? status.pullRequest() : status.revertPullRequest();
    PullRequest.State state = state(request);
    boolean begun = state != null && state != PullRequest.State.Pending;
    return Optional.ofNullable(open)
        .filter(said -> said.status() == Condition.Status.False && !begun)
        .filter(said -> reason(said).filter(PullRequestReason::isState).isEmpty());
  }

  /**
   * Whether a person must change something before that obstacle goes. A reason that is not known
   * here is one of another version of the pr service, and waited for.
   */
  static boolean stalls(Condition obstacle) {
    return reason(obstacle).filter(PullRequestReason::stalls).isPresent();
  }

  /** Whether that obstacle is a wait that a plan from a fresh reading may end. */
  static boolean passesWithAnotherPlan(Condition obstacle) {
    return reason(obstacle)
        .filter(PullRequestReason::passes)
        .filter(PullRequestReason::callsForAnotherPlan)
        .isPresent();
  }

  private static Optional<PullRequestReason> reason(Condition said) {
    return PullRequestReason.of(said.reason());
  }

  /**
   * What a merge really changed: the plan's changes with the values that the base branch holds;
   * those that it holds as before are left out.
   */
  static List<Change> effective(Plan plan, List<MergedValue> merged) {
    return merged(plan.changes(), merged).stream()
        .filter(change -> !Objects.equals(change.before(), change.after()))
        .toList();
  }

  /** The changes with the values that the base branch holds, as far as it tells them. */
  static List<Change> merged(List<Change> changes, List<MergedValue> merged) {
    List<Change> held = new ArrayList<>();
    for (Change change : changes) {
      for (MergedValue value : merged) {
        if (sameField(change, value)) {
          held.add(
              new Change(
                  change.path(),
                  change.before(),
                  value.value(),
                  change.type(),
                  change.apiVersion(),
                  change.kind(),
                  change.name()));
        }
      }
    }
    return held;
  }

  private static boolean sameField(Change change, MergedValue value) {
    return change.path().equals(value.path())
        && Objects.equals(change.kind(), value.kind())
        && Objects.equals(change.name(), value.name());
  }
}
