// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.conversation;

import org.jspecify.annotations.Nullable;

/**
 * One turn of remediation-operator and github-pr-service, who speak through the status of one
 * Remediation in git mode.
 *
 * @param speaker whose turn it is
 * @param given what that one sees apart from status: {@link Given}
 * @param gated whether the condition Gated is True afterwards
 * @param phase the phase afterwards
 * @param reason the operator's reason for it
 * @param pullRequest the state of {@code status.pullRequest} afterwards, null while there is none
 * @param open status and reason of the condition PullRequestOpen afterwards, as {@code
 *     False/Pending}; null while there is none
 */
public record Turn(
    Speaker speaker,
    Given given,
    boolean gated,
    String phase,
    String reason,
    @Nullable String pullRequest,
    @Nullable String open) {

  /** Who may speak. */
  public enum Speaker {
    OPERATOR,
    PR_SERVICE
  }

  /** What a speaker sees: the policy of the operator, or the forge of the pr service. */
  public enum Given {
    /** The policy allows the action. */
    ALLOWED,
    /** The policy does not allow it. */
    FORBIDDEN,
    /** The forge has neither branch nor pull request. */
    NOTHING_THERE,
    /** It still has neither when none can come late any more. */
    STILL_NOTHING_THERE,
    /** It has none, takes the proposal, and its answer is lost. */
    ANSWER_LOST,
    /** It does not answer. */
    AWAY,
    /** It shows our pull request, open. */
    OPEN,
    /** It shows our pull request, merged. */
    MERGED
  }
}
