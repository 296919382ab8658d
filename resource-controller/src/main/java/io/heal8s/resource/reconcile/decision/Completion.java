// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.PendingPlan;
import io.heal8s.resource.model.ResourceCondition;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.model.Trigger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is written down at the end of a claim, all of it or, for one that lost its lease, nothing.
 *
 * @param work what was claimed
 * @param next when to look again, unless somebody asked for another look meanwhile
 * @param status change of what people see; null for none
 * @param attempt row of the history; null when no attempt ended
 * @param event what watchers are told; null for nothing
 * @param letGo whether the action plugin let go of a resource in deletion, which is purged if it
 *     was the last one
 */
public record Completion(
    Work work,
    Next next,
    @Nullable StatusChange status,
    @Nullable Attempt attempt,
    @Nullable EventType event,
    boolean letGo) {

  /**
   * When to look again.
   *
   * @param dueAt null for not before something changes
   * @param priority class of work
   * @param trigger why
   * @param failures in a row
   * @param run what is under way; null for nothing
   */
  public record Next(
      @Nullable Instant dueAt,
      Priority priority,
      Trigger trigger,
      int failures,
      @Nullable RunState run) {}

  /**
   * What people see.
   *
   * @param status status
   * @param message why
   * @param observedGeneration what was applied last with success
   * @param outputs null keeps them
   * @param conditions all of them
   * @param pendingPlan the plan that waits, null for none
   */
  public record StatusChange(
      ResourceStatus status,
      @Nullable String message,
      long observedGeneration,
      @Nullable JsonNode outputs,
      List<ResourceCondition> conditions,
      @Nullable PendingPlan pendingPlan) {}

  /**
   * A finished attempt.
   *
   * @param generation that was applied
   * @param success whether it was
   * @param planOutput text; empty for none
   * @param applyOutput text; empty for none
   * @param error why it failed; null if it did not
   * @param created things made
   * @param updated things changed
   * @param deleted things removed
   * @param startedAt begin
   * @param trigger why
   * @param drift whether drift was found
   */
  public record Attempt(
      long generation,
      boolean success,
      String planOutput,
      String applyOutput,
      @Nullable String error,
      int created,
      int updated,
      int deleted,
      Instant startedAt,
      Trigger trigger,
      boolean drift) {}
}
