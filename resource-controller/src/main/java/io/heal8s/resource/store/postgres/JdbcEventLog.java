// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.ResourceEvent;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.postgres.Wakeups.Topic;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The published events in PostgreSQL. */
public final class JdbcEventLog implements EventLog {

  private static final String READ =
      """
      SELECT p.position, e.* FROM event_positions p JOIN resource_events e USING (seq)
      WHERE p.position > :after AND p.position <= :upTo
        AND (:resource::bigint IS NULL OR e.resource_id = :resource)
        AND (:type::text IS NULL OR e.type_name = :type)
        AND (:version::text IS NULL OR e.type_version = :version)
      ORDER BY p.position
      """;

  private final Statements statements;
  private final Wakeups wakeups;

  public JdbcEventLog(Database database, Wakeups wakeups) {
    this.statements = new Statements(database);
    this.wakeups = wakeups;
  }

  @Override
  public long newest() {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    SELECT COALESCE((SELECT max(position) FROM event_positions),
                      (SELECT last_position FROM event_publication))
                    """)
                .query(Long.class)
                .single());
  }

  @Override
  public long oldest() {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    SELECT COALESCE((SELECT min(position) FROM event_positions),
                      (SELECT last_position + 1 FROM event_publication))
                    """)
                .query(Long.class)
                .single());
  }

  @Override
  public Batch read(long after, Filter filter, int limit) {
    // Positions have no gaps, so a range of them is a number of events.
    long upTo = Math.min(newest(), Math.addExact(after, limit));
    if (upTo <= after) {
      return new Batch(List.of(), after);
    }
    List<ResourceEvent> events =
        statements.run(
            client ->
                client
                    .sql(READ)
                    .param("after", after)
                    .param("upTo", upTo)
                    .param("resource", filter.resourceId(), java.sql.Types.BIGINT)
                    .param("type", filter.typeName(), java.sql.Types.VARCHAR)
                    .param("version", filter.typeVersion(), java.sql.Types.VARCHAR)
                    .query(JdbcEventLog::event)
                    .list());
    return new Batch(events, upTo);
  }

  @Override
  public Subscription subscribe(Runnable wake) {
    Wakeups.Registration registration = wakeups.on(Topic.EVENTS, wake);
    return registration::end;
  }

  private static ResourceEvent event(ResultSet row, int number) throws SQLException {
    return new ResourceEvent(
        row.getLong("position"),
        EventType.valueOf(row.getString("type")),
        row.getLong("resource_id"),
        row.getString("resource_name"),
        row.getString("type_name"),
        row.getString("type_version"),
        row.getString("data"),
        Rows.required(row, "occurred_at"));
  }
}
