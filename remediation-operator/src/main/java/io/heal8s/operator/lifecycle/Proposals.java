// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
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

  /**
   * Whether the pr service may have pushed a branch. While it says that it cannot (a wrong path, no
   * credentials) the plan may still move.
   */
  static boolean branchMayExist(RemediationStatus status) {
    PullRequest request = status.pullRequest();
    if (request == null) {
      return false;
    }
    return request.state() != PullRequest.State.Pending
        || (request.branch() != null && blocked(status, ConditionType.PullRequestOpen).isEmpty());
  }

  /** The condition by which the pr service says that it cannot go on, a configuration error. */
  static Optional<Condition> blocked(RemediationStatus status, ConditionType type) {
    Condition open = status.condition(type);
    PullRequest request =
        type == ConditionType.PullRequestOpen ? status.pullRequest() : status.revertPullRequest();
    PullRequest.State state = state(request);
    boolean begun = state != null && state != PullRequest.State.Pending;
    return open != null && open.status() == Condition.Status.False && !begun
        ? Optional.of(open)
        : Optional.empty();
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
