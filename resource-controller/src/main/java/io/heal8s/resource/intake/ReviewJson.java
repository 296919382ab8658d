// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import io.heal8s.resource.model.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A resource as those see it who are asked about a change. */
final class ReviewJson {

  private ReviewJson() {}

  static JsonNode of(Resource resource) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", resource.id())
        .put("name", resource.name())
        .put("resource_type_name", resource.typeName())
        .put("resource_type_version", resource.typeVersion())
        .put("action_plugin", resource.actionPlugin())
        .put("status", resource.status().word())
        .put("generation", resource.generation())
        .put("observed_generation", resource.observedGeneration())
        .put("created_at", resource.createdAt().toString())
        .put("updated_at", resource.updatedAt().toString())
        .set("spec", resource.spec());
  }
}
