// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.Resource;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A change of a resource; null leaves a part as it is.
 *
 * @param version version of the type that the spec is written in; null for the one that it is
 *     stored in
 * @param spec an object
 * @param pluginConfig an object
 * @param metadata an object
 * @param approval whether plans wait for a person
 * @param applyDefaults whether the schema's defaults are filled in
 */
public record Edit(
    @Nullable String version,
    @Nullable JsonNode spec,
    @Nullable JsonNode pluginConfig,
    @Nullable JsonNode metadata,
    @Nullable Approval approval,
    boolean applyDefaults) {

  /** The same with a spec in the version that is stored. */
  Edit stored(JsonNode converted) {
    return new Edit(null, converted, pluginConfig, metadata, approval, applyDefaults);
  }

  /** An edit that depends on what is there, e.g. a merge patch. */
  @FunctionalInterface
  public interface Maker {
    /** The edit for what is there now. */
    Edit of(Resource current);
  }
}
