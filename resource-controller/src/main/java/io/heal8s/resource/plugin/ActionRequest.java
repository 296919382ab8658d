// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a call of an action plugin is about. All calls of one run are about what it was begun with,
 * whatever people want meanwhile. JSON in it is shared: do not change it.
 *
 * @param resourceId id of the resource
 * @param resourceName its name
 * @param typeName name of its type
 * @param typeVersion version of its type
 * @param generation that is to be applied; stays the same for all calls of one run
 * @param spec what is wanted, an object
 * @param pluginConfig the resource's own settings for the plugin, an object
 * @param typeMetadata metadata of the type, where a type may hold settings for all its resources;
 *     an object
 * @param outputs what the last success gave, an object
 * @param dispatchKey identifies this dispatch for ever: same resource, generation and attempt, same
 *     key. Send it along where the other side can remember it (an idempotency key, a correlation
 *     input)
 * @param plan what {@link ActionPlugin#plan} said would be done, word for word, where this is about
 *     carrying it out: whoever approved, approved this; empty before there is a plan
 * @param begunAt when the run began that this is about: nothing of it is older; null outside of a
 *     run
 */
public record ActionRequest(
    long resourceId,
    String resourceName,
    String typeName,
    String typeVersion,
    long generation,
    JsonNode spec,
    JsonNode pluginConfig,
    JsonNode typeMetadata,
    JsonNode outputs,
    @Nullable String dispatchKey,
    String plan,
    @Nullable Instant begunAt) {

  /** A request before there is a run. */
  public ActionRequest(
      long resourceId,
      String resourceName,
      String typeName,
      String typeVersion,
      long generation,
      JsonNode spec,
      JsonNode pluginConfig,
      JsonNode typeMetadata,
      JsonNode outputs,
      @Nullable String dispatchKey) {
    this(
        resourceId,
        resourceName,
        typeName,
        typeVersion,
        generation,
        spec,
        pluginConfig,
        typeMetadata,
        outputs,
        dispatchKey,
        "",
        null);
  }

  /** The same, about carrying out a plan. */
  public ActionRequest withPlan(String text) {
    return new ActionRequest(
        resourceId,
        resourceName,
        typeName,
        typeVersion,
        generation,
        spec,
        pluginConfig,
        typeMetadata,
        outputs,
        dispatchKey,
        text,
        begunAt);
  }

  /** Leaves JSON out: it may hold what nobody should read in a log. */
  @Override
  public String toString() {
    return "ActionRequest[%d %s generation %d]".formatted(resourceId, resourceName, generation);
  }
}
