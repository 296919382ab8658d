// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import tools.jackson.databind.JsonNode;

/**
 * What a user may change of a resource, as it shall be afterwards.
 *
 * @param spec an object
 * @param pluginConfig an object
 * @param metadata an object
 * @param approval whether plans wait for a person
 */
public record ResourceContent(
    JsonNode spec, JsonNode pluginConfig, JsonNode metadata, Approval approval) {

  /** What a resource has now. */
  public static ResourceContent of(Resource resource) {
    return new ResourceContent(
        resource.spec(), resource.pluginConfig(), resource.metadata(), resource.approval());
  }
}
