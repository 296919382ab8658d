// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.NewResource;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceContent;
import io.heal8s.resource.model.ResourceQuery;
import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.postgres.Wakeups.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Resources in PostgreSQL. */
public final class JdbcResourceStore implements ResourceStore {

  /**
   * A spec may have a megabyte, so a batch of many is bounded by its characters too. A batch takes
   * some milliseconds, unless it waits for somebody's transaction. Nobody waits longer than for an
   * answer of the server to one statement.
   */
  private static final Gathering.Limits CREATIONS =
      new Gathering.Limits(32, 1 << 21, 4, Duration.ofMillis(20), Duration.ofSeconds(60));

  private final Statements statements;
  private final Wakeups wakeups;
  private final InstantSource time;
  private final Gathering<Creation.Text, CreateResult> creations =
      new Gathering<>(CREATIONS, Creation.Text::size, this::created);

  public JdbcResourceStore(Database database, Wakeups wakeups, InstantSource time) {
    this.statements = new Statements(database);
    this.wakeups = wakeups;
    this.time = time;
  }

  @Override
  public CreateResult create(NewResource resource) {
    return changed(creations.ask(Creation.Text.of(resource)));
  }

  @Override
  public List<CreateResult> createAll(List<NewResource> resources) {
    if (resources.isEmpty()) {
      return List.of();
    }
    return changed(created(resources.stream().map(Creation.Text::of).toList()));
  }

  private List<CreateResult> created(List<Creation.Text> resources) {
    try {
      return statements.run(client -> Creation.create(client, resources));
    } catch (DataIntegrityViolationException typeJustWent) {
      // Its type was deleted between our look and our insert; the second look sees that.
      return statements.run(client -> Creation.create(client, resources));
    }
  }

  @Override
  public Optional<Resource> find(long id) {
    return statements.run(client -> find(client, id, ""));
  }

  @Override
  public Optional<Resource> findByName(String typeName, String typeVersion, String name) {
    return statements.run(
        client ->
            client
                .sql(
                    Rows.RESOURCE
                        + " WHERE r.name = ? AND r.resource_type_name = ?"
                        + " AND r.resource_type_version = ?")
                .params(name, typeName, typeVersion)
                .query(Rows::resource)
                .optional());
  }

  @Override
  public Optional<Resource> findByName(String typeName, String name) {
    return statements.run(
        client ->
            client
                .sql(Rows.RESOURCE + " WHERE r.name = ? AND r.resource_type_name = ?")
                .params(name, typeName)
                .query(Rows::resource)
                .optional());
  }

  @Override
  public List<Resource> list(ResourceQuery query) {
    Listing listing = Listing.of(query);
    if (query.beforeId() != null) {
      listing.before(query.beforeId());
    }
    return statements.run(
        client ->
            client
                .sql(Rows.RESOURCE + listing.where() + " ORDER BY r.id DESC LIMIT :limit")
                .params(listing.parameters())
                .param("limit", query.limit())
                .query(Rows::resource)
                .list());
  }

  @Override
  public long count(ResourceQuery query) {
    Listing listing = Listing.of(query);
    return statements.run(
        client ->
            client
                .sql(
                    "SELECT count(*) FROM reconcile_work w JOIN resources r ON r.id = w.resource_id"
                        + listing.where())
                .params(listing.parameters())
                .query(Long.class)
                .single());
  }

  @Override
  public UpdateResult update(long id, ResourceContent content, @Nullable Long expectedRevision) {
    return onLocked(
        id,
        new UpdateResult.NotFound(),
        (client, now) -> {
          if (expectedRevision != null && expectedRevision != now.revision()) {
            return new UpdateResult.Conflict(now);
          }
          if (now.deletedAt() != null) {
            return new UpdateResult.BeingDeleted(now);
          }
          return content.isSameAs(ResourceContent.of(now))
              ? new UpdateResult.Unchanged(now)
              : new UpdateResult.Updated(changes(client).content(now, content));
        });
  }

  @Override
  public UpdateResult move(long id, String typeVersion, JsonNode spec, long expectedRevision) {
    return onLocked(
        id,
        new UpdateResult.NotFound(),
        (client, now) -> {
          if (expectedRevision != now.revision()) {
            return new UpdateResult.Conflict(now);
          }
          return now.deletedAt() != null
              ? new UpdateResult.BeingDeleted(now)
              : new UpdateResult.Updated(changes(client).moved(now, typeVersion, spec));
        });
  }

  @Override
  public DeleteResult delete(long id, @Nullable Long expectedRevision) {
    return onLocked(
        id,
        new DeleteResult.NotFound(),
        (client, now) -> {
          if (expectedRevision != null && expectedRevision != now.revision()) {
            return new DeleteResult.Conflict(now);
          }
          if (now.deletedAt() != null) {
            return new DeleteResult.AlreadyMarked(now);
          }
          if (now.finalizers().isEmpty() && isAtRest(client, id)) {
            changes(client).purge(id);
            return new DeleteResult.Purged();
          }
          return new DeleteResult.Marked(changes(client).marked(now));
        });
  }

  @Override
  public FinalizerResult changeFinalizers(long id, Set<String> add, Set<String> remove) {
    return onLocked(
        id,
        new FinalizerResult.NotFound(),
        (client, now) -> {
          LinkedHashSet<String> finalizers = new LinkedHashSet<>(now.finalizers());
          finalizers.addAll(add);
          finalizers.removeAll(remove);
          List<String> wanted = new ArrayList<>(finalizers);
          if (wanted.equals(now.finalizers())) {
            return new FinalizerResult.Changed(now);
          }
          if (now.deletedAt() != null && wanted.isEmpty() && isAtRest(client, id)) {
            changes(client).purge(id);
            return new FinalizerResult.Purged();
          }
          return new FinalizerResult.Changed(changes(client).finalizers(now, wanted));
        });
  }

  @Override
  public boolean requestReconcile(long id) {
    return onLocked(
        id,
        false,
        (client, now) -> {
          boolean deleting = now.deletedAt() != null;
          changes(client)
              .demand(id, deleting ? 10 : 30, deleting ? Trigger.DELETION : Trigger.MANUAL, true);
          return true;
        });
  }

  @Override
  public ApproveResult approve(long id, String planId) {
    return onLocked(
        id,
        new ApproveResult.NotFound(),
        (client, now) ->
            now.pendingPlan() == null || !now.pendingPlan().id().equals(planId)
                ? new ApproveResult.NotThatPlan(now)
                : new ApproveResult.Approved(changes(client).approved(now)));
  }

  @Override
  public List<HistoryEntry> history(long resourceId, int limit, @Nullable Long beforeId) {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    SELECT * FROM reconciliation_history
                    WHERE resource_id = :id AND (:before::bigint IS NULL OR id < :before)
                    ORDER BY reconcile_time DESC, id DESC LIMIT :limit
                    """)
                .param("id", resourceId)
                .param("before", beforeId, java.sql.Types.BIGINT)
                .param("limit", limit)
                .query(HistoryRows::entry)
                .list());
  }

  private Changes changes(JdbcClient client) {
    return new Changes(client, time);
  }

  private static boolean isAtRest(JdbcClient client, long id) {
    return client
        .sql("SELECT lease_owner IS NULL AND run IS NULL FROM reconcile_work WHERE resource_id = ?")
        .param(id)
        .query(Boolean.class)
        .single();
  }

  private <T> T onLocked(long id, T absent, BiFunction<JdbcClient, Resource, T> change) {
    return changed(
        statements.inTransaction(
            client ->
                find(client, id, " FOR UPDATE OF w, r")
                    .map((Function<Resource, T>) now -> change.apply(client, now))
                    .orElse(absent)));
  }

  private static Optional<Resource> find(JdbcClient client, long id, String lock) {
    return client
        .sql(Rows.RESOURCE + " WHERE r.id = ?" + lock)
        .param(id)
        .query(Rows::resource)
        .optional();
  }

  private <T> T changed(T result) {
    wakeups.announce(Topic.WORK);
    wakeups.announce(Topic.OUTBOX);
    return result;
  }
}
