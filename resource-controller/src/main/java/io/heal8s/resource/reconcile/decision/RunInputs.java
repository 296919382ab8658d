// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import tools.jackson.databind.JsonNode;

/**
 * What a run was begun with. It is kept with the run: whatever people want meanwhile, the run is
 * looked up, followed and cancelled as what it is.
 *
 * @param typeVersion version of the resource's type
 * @param spec an object
 * @param pluginConfig an object
 * @param typeMetadata an object
 */
public record RunInputs(
    String typeVersion, JsonNode spec, JsonNode pluginConfig, JsonNode typeMetadata) {

  /** Leaves JSON out: it may hold what nobody should read in a log. */
  @Override
  public String toString() {
    return "RunInputs[" + typeVersion + "]";
  }
}
