// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store;

import io.heal8s.resource.model.NewResourceType;
import io.heal8s.resource.model.ResourceType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Resource types. Blocks; safe for any number of threads. For the REST interface and input plugins.
 */
public interface ResourceTypeStore {

  /** Creates a type; empty when there is one of that name and version. */
  Optional<ResourceType> create(NewResourceType type);

  Optional<ResourceType> find(long id);

  Optional<ResourceType> find(String name, String version);

  /**
   * Types by name and version, ascending.
   *
   * @param name null for any
   * @param status null for any
   * @param limit at most that many
   * @param after only those that come after this place; null for the first page
   */
  List<ResourceType> list(
      @Nullable String name, @Nullable String status, int limit, @Nullable Place after);

  /**
   * A place in the order of types, also one where none is any more.
   *
   * @param name name of a type
   * @param version version of it
   */
  record Place(String name, String version) {}

  /**
   * Changes what is not null; nothing at all if it is equal.
   *
   * @param expectedRevision revision that was read; null for whatever is there
   */
  UpdateResult update(long id, Change change, @Nullable Long expectedRevision);

  /** Deletes a type that no resource refers to, not even one in deletion. */
  DeleteResult delete(long id);

  /**
   * A change; null leaves a field as it is.
   *
   * @param schema JSON Schema of a spec
   * @param description for people
   * @param status free word
   * @param metadata free object
   */
  record Change(
      @Nullable JsonNode schema,
      @Nullable String description,
      @Nullable String status,
      @Nullable JsonNode metadata) {}

  /** What became of an update. */
  sealed interface UpdateResult {
    record Updated(ResourceType type) implements UpdateResult {}

    record Unchanged(ResourceType type) implements UpdateResult {}

    record Conflict(ResourceType current) implements UpdateResult {}

    record NotFound() implements UpdateResult {}
  }

  /** What became of a delete. */
  enum DeleteResult {
    DELETED,
    NOT_FOUND,
    /** Resources still refer to it. */
    IN_USE
  }
}
