// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import io.heal8s.core.api.Condition;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a Remediation. Each field has one writer: the pr service owns {@code pullRequest},
 * {@code revertPullRequest}, {@code prNumber}, {@code prUrl}, {@code commitSHA} and its conditions,
 * the gateway owns the condition {@code AlertResolved}, the operator all else.
 *
 * @param observedGeneration generation that the operator judged
 * @param phase summary for people; null before the first reconcile
 * @param reason CamelCase word that explains the phase
 * @param message sentence that explains the phase
 * @param target the object that really changes, once resolved
 * @param joinedTo name of the Remediation that this one waits for
 * @param plan what will be changed
 * @param intent the effect that is being executed, recorded before it begins
 * @param applied the last effect on the workload
 * @param verification progress of the proof
 * @param attempts how often an effect was begun
 * @param pullRequest the pull request of the plan
 * @param revert what the revert pull request must restore; asks the pr service for one
 * @param revertPullRequest the pull request of the revert
 * @param prNumber number of the pull request, null for forges without numbers
 * @param prUrl address of the pull request, or of the branch for forges without pull requests
 * @param commitSHA head commit of the pull request's branch
 * @param appliedAt when the change was live for the first time
 * @param resolvedAt when the Remediation ended
 * @param lastUpdateTime when the phase last changed
 * @param conditions list-map keyed by type
 */
public record RemediationStatus(
    @Nullable Long observedGeneration,
    @Nullable Phase phase,
    @Nullable String reason,
    @Nullable String message,
    @Nullable ResolvedTarget target,
    @Nullable String joinedTo,
    @Nullable Plan plan,
    @Nullable RecordedIntent intent,
    @Nullable Applied applied,
    @Nullable Verification verification,
    @Nullable Integer attempts,
    @Nullable PullRequest pullRequest,
    @Nullable Revert revert,
    @Nullable PullRequest revertPullRequest,
    @Nullable Integer prNumber,
    @Nullable String prUrl,
    @Nullable String commitSHA,
    @Nullable OffsetDateTime appliedAt,
    @Nullable OffsetDateTime resolvedAt,
    @Nullable OffsetDateTime lastUpdateTime,
    @Nullable List<Condition> conditions) {

  /** The status of an object that no controller has written to. */
  public static final RemediationStatus EMPTY =
      new RemediationStatus(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null, null, null, null, null, List.of());

  public RemediationStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** The conditions, empty when none were written. */
  @Override
  public List<Condition> conditions() {
    return conditions == null ? List.of() : conditions;
  }

  /** The condition of that type, or null. */
  public @Nullable Condition condition(ConditionType type) {
    for (Condition condition : conditions()) {
      if (condition.type().equals(type.name())) {
        return condition;
      }
    }
    return null;
  }

  /** Whether the condition of that type is present and True. */
  public boolean isTrue(ConditionType type) {
    Condition condition = condition(type);
    return condition != null && condition.status() == Condition.Status.True;
  }
}
