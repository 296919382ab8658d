// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.core.decide.Snapshot;
import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.ResourceCondition;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.model.Trigger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A claimed resource, as it was when it was claimed.
 *
 * @param resourceId id
 * @param name name
 * @param typeName name of its type
 * @param typeVersion version of its type
 * @param actionPlugin who acts; empty for nobody
 * @param generation what is wanted
 * @param observedGeneration what was applied last with success
 * @param spec an object
 * @param pluginConfig an object
 * @param typeMetadata an object
 * @param outputs an object
 * @param status as stored: never reconciling
 * @param statusMessage as stored
 * @param conditions as stored
 * @param finalizers who must let go
 * @param approval whether plans wait
 * @param approvedPlan id of the plan that a person approved, null for none
 * @param pendingPlan id of the plan that waits, null for none
 * @param deleted whether deletion was asked for
 * @param priority class of work
 * @param trigger why now
 * @param request number of the demand that this claim answers
 * @param fence number of this claim
 * @param failures in a row, before this attempt
 * @param dispatches written ahead, or ended, so far
 * @param run what is under way, null for nothing
 * @param claimedAt begin of this claim
 * @param waited time between being due and being claimed, in seconds
 */
public record Work(
    long resourceId,
    String name,
    String typeName,
    String typeVersion,
    String actionPlugin,
    long generation,
    long observedGeneration,
    JsonNode spec,
    JsonNode pluginConfig,
    JsonNode typeMetadata,
    JsonNode outputs,
    ResourceStatus status,
    @Nullable String statusMessage,
    List<ResourceCondition> conditions,
    List<String> finalizers,
    Approval approval,
    @Nullable String approvedPlan,
    @Nullable String pendingPlan,
    boolean deleted,
    int priority,
    Trigger trigger,
    long request,
    long fence,
    int failures,
    long dispatches,
    @Nullable RunState run,
    Instant claimedAt,
    double waited)
    implements Snapshot {

  /** The key of the next dispatch: after a crash the same, after its end never again. */
  String nextKey() {
    return resourceId + "-" + generation + "-" + (dispatches + 1);
  }

  /** What a run begins with now. */
  RunInputs inputs() {
    return new RunInputs(typeVersion, spec, pluginConfig, typeMetadata);
  }

  /** Leaves JSON out. */
  @Override
  public String toString() {
    return "Work[%d %s generation %d %s]".formatted(resourceId, name, generation, trigger.word());
  }
}
