// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceQuery;
import io.heal8s.resource.model.ResourceType;
import io.heal8s.resource.schema.ResourceSchema;
import io.heal8s.resource.schema.SchemaRefusedException;
import io.heal8s.resource.schema.SpecError;
import io.heal8s.resource.store.ResourceStore;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds the resources whose stored spec a schema would no longer let in. */
public final class BrokenResources {

  private static final int PAGE = 500;

  /** A list that nobody reads to its end helps nobody. */
  private static final int MOST = 1_000;

  private final ResourceStore resources;

  public BrokenResources(ResourceStore resources) {
    this.resources = resources;
  }

  JsonNode by(ResourceType type, JsonNode schema) {
    ResourceSchema judge = ResourceSchema.of(schema);
    ArrayNode broken = JsonNodeFactory.instance.arrayNode();
    Long before = null;
    List<Resource> page;
    do {
      page =
          resources.list(
              new ResourceQuery(
                  null, null, type.name(), type.version(), null, List.of(), null, PAGE, before));
      for (Resource resource : page) {
        String errors = errors(judge, resource);
        if (!errors.isEmpty() && broken.size() < MOST) {
          broken
              .addObject()
              .put("id", resource.id())
              .put("name", resource.name())
              .put("detail", errors);
        }
      }
      before = page.isEmpty() ? null : page.getLast().id();
    } while (page.size() == PAGE);
    return broken;
  }

  private static String errors(ResourceSchema judge, Resource resource) {
    try {
      return SpecError.text(judge.errors(resource.spec()));
    } catch (SchemaRefusedException e) {
      return "Validation failed: " + e.getMessage();
    }
  }
}
