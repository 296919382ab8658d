// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.PullRequestReason;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a Remediation's status that this service owns, all of them: server-side apply takes
 * away what an apply leaves out.
 *
 * @param pullRequest the plan's pull request
 * @param revertPullRequest the revert's pull request
 * @param prNumber number of the plan's pull request
 * @param prUrl address of the plan's pull request
 * @param commitSHA head of the plan's branch
 * @param conditions our conditions only, in the order of their types
 */
public record OwnedStatus(
    @Nullable PullRequest pullRequest,
    @Nullable PullRequest revertPullRequest,
    @Nullable Integer prNumber,
    @Nullable String prUrl,
    @Nullable String commitSHA,
    List<Condition> conditions) {

  /** The condition types that this service writes and nobody else. */
  public static final Set<ConditionType> TYPES =
      Stream.of(Lane.values())
          .flatMap(lane -> Stream.of(lane.open(), lane.merged()))
          .collect(Collectors.toUnmodifiableSet());

  public OwnedStatus {
    conditions = List.copyOf(conditions);
  }

  /** Our part of a status as it was read. */
  public static OwnedStatus of(RemediationStatus status) {
    Set<String> names = TYPES.stream().map(Enum::name).collect(Collectors.toSet());
    return new OwnedStatus(
        status.pullRequest(),
        status.revertPullRequest(),
        status.prNumber(),
        status.prUrl(),
        status.commitSHA(),
        status.conditions().stream()
            .filter(condition -> names.contains(condition.type()))
            .sorted(Comparator.comparing(Condition::type))
            .toList());
  }

  /** What is recorded of a lane's pull request; null before the intent is recorded. */
  public @Nullable PullRequest of(Lane lane) {
    return switch (lane) {
      case CHANGE -> pullRequest;
      case REVERT -> revertPullRequest;
    };
  }

  /**
   * The same with another record of a lane; the plan's is repeated in the fields that the first
   * release had.
   *
   * @param tip where the branch points; null keeps what is recorded
   */
  public OwnedStatus with(Lane lane, PullRequest recorded, @Nullable String tip) {
    return switch (lane) {
      case CHANGE ->
          new OwnedStatus(
              recorded,
              revertPullRequest,
              recorded.number(),
              recorded.url(),
              tip == null ? commitSHA : tip,
              conditions);
      case REVERT -> new OwnedStatus(pullRequest, recorded, prNumber, prUrl, commitSHA, conditions);
    };
  }

  /** The same with nothing recorded or said of a lane's pull request, as before its intent. */
  public OwnedStatus without(Lane lane) {
    List<Condition> others =
        conditions.stream()
            .filter(condition -> !condition.type().equals(lane.open().name()))
            .filter(condition -> !condition.type().equals(lane.merged().name()))
            .toList();
    return switch (lane) {
      case CHANGE -> new OwnedStatus(null, revertPullRequest, null, null, null, others);
      case REVERT -> new OwnedStatus(pullRequest, null, prNumber, prUrl, commitSHA, others);
    };
  }

  /** The same with a condition set; its transition time moves only when its status flips. */
  public OwnedStatus with(
      ConditionType type,
      Condition.Status status,
      PullRequestReason reason,
      String message,
      @Nullable Long generation,
      Instant now) {
    OffsetDateTime since = OffsetDateTime.ofInstant(now, ZoneOffset.UTC).withNano(0);
    List<Condition> next = new ArrayList<>();
    for (Condition condition : conditions) {
      if (!condition.type().equals(type.name())) {
        next.add(condition);
      } else if (condition.status() == status && condition.lastTransitionTime() != null) {
        since = condition.lastTransitionTime();
      }
    }
    next.add(new Condition(type.name(), status, generation, since, reason.name(), message));
    next.sort(Comparator.comparing(Condition::type));
    return new OwnedStatus(pullRequest, revertPullRequest, prNumber, prUrl, commitSHA, next);
  }
}
