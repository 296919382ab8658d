// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.NewResourceType;
import io.heal8s.resource.model.ResourceType;
import io.heal8s.resource.store.ResourceTypeStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Resource types in PostgreSQL. */
public final class JdbcResourceTypeStore implements ResourceTypeStore {

  private final Statements statements;

  public JdbcResourceTypeStore(Database database) {
    this.statements = new Statements(database);
  }

  @Override
  public Optional<ResourceType> create(NewResourceType type) {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    INSERT INTO resource_types (name, version, schema, description, metadata)
                    VALUES (:name, :version, :schema::jsonb, :description, :metadata::jsonb)
                    ON CONFLICT (name, version) DO NOTHING RETURNING *
                    """)
                .param("name", type.name())
                .param("version", type.version())
                .param("schema", type.schema().toString())
                .param("description", type.description(), java.sql.Types.VARCHAR)
                .param("metadata", type.metadata().toString())
                .query(Rows::type)
                .optional());
  }

  @Override
  public Optional<ResourceType> find(long id) {
    return statements.run(
        client ->
            client
                .sql("SELECT * FROM resource_types WHERE id = ?")
                .param(id)
                .query(Rows::type)
                .optional());
  }

  @Override
  public Optional<ResourceType> find(String name, String version) {
    return statements.run(
        client ->
            client
                .sql("SELECT * FROM resource_types WHERE name = ? AND version = ?")
                .params(name, version)
                .query(Rows::type)
                .optional());
  }

  @Override
  public List<ResourceType> list(
      @Nullable String name, @Nullable String status, int limit, @Nullable Place after) {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    SELECT t.* FROM resource_types t
                    WHERE (:name::text IS NULL OR t.name = :name)
                      AND (:status::text IS NULL OR t.status = :status)
                      AND (:afterName::text IS NULL
                           OR (t.name, t.version) > (:afterName, :afterVersion))
                    ORDER BY t.name, t.version LIMIT :limit
                    """)
                .param("name", name, java.sql.Types.VARCHAR)
                .param("status", status, java.sql.Types.VARCHAR)
                .param("afterName", after == null ? null : after.name(), java.sql.Types.VARCHAR)
                .param(
                    "afterVersion", after == null ? null : after.version(), java.sql.Types.VARCHAR)
                .param("limit", limit)
                .query(Rows::type)
                .list());
  }

  @Override
  public UpdateResult update(long id, Change change, @Nullable Long expectedRevision) {
    return statements.inTransaction(
        client -> {
          Optional<ResourceType> found =
              client
                  .sql("SELECT * FROM resource_types WHERE id = ? FOR UPDATE")
                  .param(id)
                  .query(Rows::type)
                  .optional();
          if (found.isEmpty()) {
            return new UpdateResult.NotFound();
          }
          ResourceType now = found.get();
          if (expectedRevision != null && expectedRevision != now.revision()) {
            return new UpdateResult.Conflict(now);
          }
          JsonNode schema = Objects.requireNonNullElse(change.schema(), now.schema());
          JsonNode metadata = Objects.requireNonNullElse(change.metadata(), now.metadata());
          String status = Objects.requireNonNullElse(change.status(), now.status());
          String description =
              change.description() == null ? now.description() : change.description();
          boolean same =
              schema.equals(now.schema())
                  && metadata.equals(now.metadata())
                  && status.equals(now.status())
                  && Objects.equals(description, now.description());
          return same
              ? new UpdateResult.Unchanged(now)
              : new UpdateResult.Updated(write(client, id, schema, description, status, metadata));
        });
  }

  private static ResourceType write(
      JdbcClient client,
      long id,
      JsonNode schema,
      @Nullable String description,
      String status,
      JsonNode metadata) {
    return client
        .sql(
            """
            UPDATE resource_types SET schema = :schema::jsonb, description = :description,
              status = :status, metadata = :metadata::jsonb, updated_at = now(),
              revision = revision + 1
            WHERE id = :id RETURNING *
            """)
        .param("schema", schema.toString())
        .param("description", description, java.sql.Types.VARCHAR)
        .param("status", status)
        .param("metadata", metadata.toString())
        .param("id", id)
        .query(Rows::type)
        .single();
  }

  @Override
  public DeleteResult delete(long id) {
    try {
      int deleted =
          statements.run(
              client -> client.sql("DELETE FROM resource_types WHERE id = ?").param(id).update());
      return deleted == 1 ? DeleteResult.DELETED : DeleteResult.NOT_FOUND;
    } catch (DataIntegrityViolationException e) {
      return DeleteResult.IN_USE;
    }
  }
}
