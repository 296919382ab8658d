// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.intake.TypeVersions;
import io.heal8s.resource.intake.TypeVersions.Converted;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceQuery;
import io.heal8s.resource.model.ResourceType;
import io.heal8s.resource.schema.ResourceSchema;
import io.heal8s.resource.schema.SchemaRefusedException;
import io.heal8s.resource.schema.SpecError;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.ResourceStore.UpdateResult;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stores the resources of a version as another one. What is wanted stays the same, so no generation
 * rises and nothing runs. Can be stopped and begun again at any point.
 */
public final class TypeMigration {

  private static final int PAGE = 500;

  /** A list that nobody reads to its end helps nobody. */
  private static final int MOST_SHOWN = 1_000;

  private final ResourceStore resources;
  private final TypeVersions versions;

  public TypeMigration(ResourceStore resources, TypeVersions versions) {
    this.resources = resources;
    this.versions = versions;
  }

  /**
   * Does it.
   *
   * @param from version to leave
   * @param to version to store in
   * @param dry only says what would become of each
   */
  JsonNode run(ResourceType from, ResourceType to, boolean dry) {
    ResourceSchema schema = ResourceSchema.of(to.schema());
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("stored_as", to.version());
    ArrayNode left = JsonNodeFactory.instance.arrayNode();
    int migrated = 0;
    Long before = null;
    List<Resource> page;
    do {
      page =
          resources.list(
              new ResourceQuery(
                  null, null, from.name(), from.version(), null, List.of(), null, PAGE, before));
      for (Resource resource : page) {
        String obstacle = move(resource, to, schema, dry);
        if (obstacle.isEmpty()) {
          migrated++;
        } else if (left.size() < MOST_SHOWN) {
          left.addObject()
              .put("id", resource.id())
              .put("name", resource.name())
              .put("detail", obstacle);
        }
      }
      before = page.isEmpty() ? null : page.getLast().id();
    } while (page.size() == PAGE);
    return answer.put("migrated", migrated).set("left", left);
  }

  /** Returns why not; nothing when it is done. */
  private String move(Resource resource, ResourceType to, ResourceSchema schema, boolean dry) {
    return switch (versions.shown(resource, to.version())) {
      case Converted.No no -> no.why();
      case Converted.Yes yes -> {
        String wrong = errors(schema, yes.spec());
        yield wrong.isEmpty() && !dry
            ? stored(resources.move(resource.id(), to.version(), yes.spec(), resource.revision()))
            : wrong;
      }
    };
  }

  private static String errors(ResourceSchema schema, JsonNode spec) {
    try {
      return SpecError.text(schema.errors(spec));
    } catch (SchemaRefusedException e) {
      return "Validation failed: " + e.getMessage();
    }
  }

  private static String stored(UpdateResult result) {
    return switch (result) {
      case UpdateResult.Updated _, UpdateResult.Unchanged _, UpdateResult.NotFound _ -> "";
      case UpdateResult.Conflict _ -> "it was changed meanwhile; ask again";
      case UpdateResult.BeingDeleted _ -> "it is being deleted";
    };
  }
}
