// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.model;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A resource to be created; the caller has checked it.
 *
 * @param name unique over all types
 * @param typeName name of an existing type
 * @param typeVersion version of it
 * @param actionPlugin name of an action plugin; empty for none
 * @param spec an object, defaults filled in
 * @param pluginConfig an object
 * @param metadata an object
 * @param finalizers who must let go before it is purged; usually the action plugin alone
 * @param approval whether plans wait for a person
 */
public record NewResource(
    String name,
    String typeName,
    String typeVersion,
    String actionPlugin,
    JsonNode spec,
    JsonNode pluginConfig,
    JsonNode metadata,
    List<String> finalizers,
    Approval approval) {

  public NewResource {
    finalizers = List.copyOf(finalizers);
  }
}
