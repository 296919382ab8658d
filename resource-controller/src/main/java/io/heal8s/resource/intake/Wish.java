// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.model.Approval;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A resource that somebody wants.
 *
 * @param name checked name
 * @param typeName name of a type
 * @param typeVersion version of it
 * @param actionPlugin name of an action plugin
 * @param spec an object; null or empty is refused
 * @param pluginConfig an object
 * @param metadata an object
 * @param approval whether plans wait for a person
 * @param applyDefaults whether the schema's defaults are filled in
 */
public record Wish(
    String name,
    String typeName,
    String typeVersion,
    String actionPlugin,
    @Nullable JsonNode spec,
    JsonNode pluginConfig,
    JsonNode metadata,
    Approval approval,
    boolean applyDefaults) {

  /** The same in another version of the type. */
  Wish as(String version, JsonNode otherSpec) {
    return new Wish(
        name,
        typeName,
        version,
        actionPlugin,
        otherSpec,
        pluginConfig,
        metadata,
        approval,
        applyDefaults);
  }

  /** What acts when nothing is named, as in the original. */
  public static final String DEFAULT_PLUGIN = "terraform";
}
