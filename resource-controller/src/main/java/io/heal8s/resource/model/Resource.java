// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A resource as it is in the store. JSON in it is shared: do not change it.
 *
 * @param id given by the store, never used again
 * @param name unique over all types while the resource exists
 * @param typeName name of its type
 * @param typeVersion version of its type
 * @param actionPlugin name of the plugin that acts; empty when none was named
 * @param spec what is wanted, an object
 * @param pluginConfig settings for the plugin, an object; never shown in events
 * @param metadata free object; {@code labels} in it is an object of strings that can be selected by
 * @param outputs what the last successful apply gave, an object
 * @param status what a person sees; {@link ResourceStatus#RECONCILING} is true at the moment of
 *     reading
 * @param statusMessage why, null before the first attempt
 * @param generation rises by one with every change of spec or plugin configuration, from 1
 * @param observedGeneration generation that was applied last with success, 0 before
 * @param conditions one for each type, in the order of their first appearance
 * @param finalizers who must let go before the resource is purged
 * @param approval whether plans wait for a person
 * @param pendingPlan the plan that waits, null for none
 * @param retryCount failures in a row
 * @param createdAt when it was created
 * @param updatedAt when what is wanted, or the status, changed last
 * @param lastReconcileTime end of the last attempt, null before the first
 * @param nextReconcileTime when it will be looked at, null for not before something changes
 * @param deletedAt when deletion was asked for, null if it was not
 * @param revision rises by one with every change by a user (generation, metadata, finalizers,
 *     approval, deletion) and not with status; for conditional writes
 */
public record Resource(
    long id,
    String name,
    String typeName,
    String typeVersion,
    String actionPlugin,
    JsonNode spec,
    JsonNode pluginConfig,
    JsonNode metadata,
    JsonNode outputs,
    ResourceStatus status,
    @Nullable String statusMessage,
    long generation,
    long observedGeneration,
    List<ResourceCondition> conditions,
    List<String> finalizers,
    Approval approval,
    @Nullable PendingPlan pendingPlan,
    int retryCount,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant lastReconcileTime,
    @Nullable Instant nextReconcileTime,
    @Nullable Instant deletedAt,
    long revision) {

  public Resource {
    conditions = List.copyOf(conditions);
    finalizers = List.copyOf(finalizers);
  }

  /** The same as another version of its type shows it. */
  public Resource as(String version, JsonNode otherSpec) {
    return new Resource(
        id,
        name,
        typeName,
        version,
        actionPlugin,
        otherSpec,
        pluginConfig,
        metadata,
        outputs,
        status,
        statusMessage,
        generation,
        observedGeneration,
        conditions,
        finalizers,
        approval,
        pendingPlan,
        retryCount,
        createdAt,
        updatedAt,
        lastReconcileTime,
        nextReconcileTime,
        deletedAt,
        revision);
  }

  /** Leaves JSON out: a spec or a configuration may hold what nobody should read in a log. */
  @Override
  public String toString() {
    return "Resource[%d %s %s/%s generation %d %s]"
        .formatted(id, name, typeName, typeVersion, generation, status.word());
  }
}
