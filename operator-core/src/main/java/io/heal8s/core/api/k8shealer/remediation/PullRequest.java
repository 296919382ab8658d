// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change request at a forge, as the pr service last saw it.
 *
 * @param state see {@link State}; null only on version skew
 * @param forge id of the forge
 * @param branch head branch
 * @param number number at the forge, null for plain git
 * @param url address for people
 * @param headSHA commit that the pr service pushed
 * @param baseSHA commit of the base branch that it branched from
 * @param mergeCommit commit by which the base got the change, null when unknown
 * @param openedAt when it was opened
 * @param mergedAt when the merge was seen
 * @param closedAt when it was seen closed without a merge
 * @param mergedValues values that the base holds at the plan's paths after the merge
 * @param message what a person should know: moved head, why it waits
 */
public record PullRequest(
    @Nullable State state,
    @Nullable String forge,
    @Nullable String branch,
    @Nullable Integer number,
    @Nullable String url,
    @Nullable String headSHA,
    @Nullable String baseSHA,
    @Nullable String mergeCommit,
    @Nullable OffsetDateTime openedAt,
    @Nullable OffsetDateTime mergedAt,
    @Nullable OffsetDateTime closedAt,
    @Nullable List<MergedValue> mergedValues,
    @Nullable String message) {

  public PullRequest {
    mergedValues = mergedValues == null ? List.of() : List.copyOf(mergedValues);
  }

  /** Where a change request stands. */
  public enum State {
    /** Intended: the branch name is recorded, the forge was not asked yet. */
    Pending,
    /** Open at the forge. */
    Open,
    /** Merged into the base branch. */
    Merged,
    /** Closed by a person without a merge. */
    Closed,
    /** Nothing to open: the base already holds the planned values or more. */
    NotYetSynced
  }

  /** The merged values; empty before the merge. */
  @Override
  public List<MergedValue> mergedValues() {
    return mergedValues == null ? List.of() : mergedValues;
  }
}
