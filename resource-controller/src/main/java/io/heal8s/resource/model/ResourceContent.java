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

  /** Whether nothing is wanted that was not wanted before. */
  public boolean isSameAs(ResourceContent other) {
    return isSameWorkAs(other) && isSame(metadata, other.metadata) && approval == other.approval;
  }

  /** Whether that is so of what plugins act on. */
  public boolean isSameWorkAs(ResourceContent other) {
    return isSame(spec, other.spec) && isSame(pluginConfig, other.pluginConfig);
  }

  /** A database writes some numbers otherwise than they were sent: 1e20, -0.0. */
  private static boolean isSame(JsonNode left, JsonNode right) {
    return left.equals(ResourceContent::compared, right);
  }

  private static int compared(JsonNode left, JsonNode right) {
    if (left.isNumber() && right.isNumber()) {
      return left.decimalValue().compareTo(right.decimalValue());
    }
    return left.equals(right) ? 0 : 1;
  }
}
