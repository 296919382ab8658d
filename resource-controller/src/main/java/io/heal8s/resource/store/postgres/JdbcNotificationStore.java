// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.notify.Happening;
import io.heal8s.resource.notify.NotificationStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cursors and marks in PostgreSQL. */
public final class JdbcNotificationStore implements NotificationStore {

  /** So many events are looked at in one go, most of which are of no interest. */
  private static final int PORTION = 5_000;

  /** Whoever is well is of interest only if they failed before, here or in the same portion. */
  private static final String READ =
      """
      WITH news AS MATERIALIZED (
        SELECT p.position, e.seq, e.type, e.resource_id
        FROM event_positions p JOIN resource_events e USING (seq)
        WHERE p.position > :after AND p.position <= :upTo
          AND e.type IN ('FAILED', 'RECONCILED', 'DELETED')),
      chosen AS (
        SELECT n.position, n.seq, m.message AS told
        FROM news n LEFT JOIN notification_marks m
          ON m.resource_id = n.resource_id AND m.notifier = :notifier
        WHERE n.type = 'FAILED' OR m.message IS NOT NULL
          OR n.resource_id IN (SELECT resource_id FROM news WHERE type = 'FAILED'))
      SELECT e.type, e.resource_id, e.resource_name, e.type_name, e.type_version, e.occurred_at,
        COALESCE(e.data::jsonb ->> 'status_message', '') AS message, c.told
      FROM chosen c JOIN resource_events e USING (seq)
      ORDER BY c.position
      """;

  /** Place of the newest event; where none is kept, the one that was given last. */
  private static final String END =
      """
      COALESCE((SELECT max(position) FROM event_positions),
        (SELECT last_position FROM event_publication))
      """;

  private final Statements statements;

  public JdbcNotificationStore(Database database) {
    this.statements = new Statements(database);
  }

  @Override
  public boolean isNews(String notifier) {
    return statements.run(client -> end(client) > begin(client, notifier));
  }

  private static long end(JdbcClient client) {
    return client.sql("SELECT " + END).query(Long.class).single();
  }

  /** Place of the notifier; one that is new gets the present end. */
  private static long begin(JdbcClient client, String notifier) {
    String find = "SELECT position FROM notification_cursors WHERE notifier = ?";
    Optional<Long> known = client.sql(find).param(notifier).query(Long.class).optional();
    if (known.isPresent()) {
      return known.get();
    }
    client
        .sql(
            """
            INSERT INTO notification_cursors (notifier, position) VALUES (?, ?)
            ON CONFLICT DO NOTHING
            """)
        .param(notifier)
        .param(end(client))
        .update();
    return client.sql(find).param(notifier).query(Long.class).single();
  }

  @Override
  public boolean hold(String notifier, UUID holder, Duration lease) {
    return statements.run(
        client ->
            client
                    .sql(
                        """
                        UPDATE notification_cursors SET holder = :holder,
                          held_until = now() + :seconds * interval '1 second'
                        WHERE notifier = :notifier AND (holder = :holder OR held_until < now())
                        """)
                    .param("holder", holder)
                    .param("seconds", lease.toMillis() / 1000.0)
                    .param("notifier", notifier)
                    .update()
                == 1);
  }

  @Override
  public void release(String notifier, UUID holder) {
    statements.run(
        client ->
            client
                .sql(
                    """
                    UPDATE notification_cursors SET holder = NULL, held_until = '-infinity'
                    WHERE notifier = ? AND holder = ?
                    """)
                .param(notifier)
                .param(holder)
                .update());
  }

  @Override
  public Batch read(String notifier) {
    return statements.run(
        client -> {
          long after = begin(client, notifier);
          long end = end(client);
          long upTo = Math.min(end, after + PORTION);
          List<Happening> events =
              client
                  .sql(READ)
                  .param("after", after)
                  .param("upTo", upTo)
                  .param("notifier", notifier)
                  .query((row, number) -> happening(row))
                  .list();
          return new Batch(events, upTo, upTo < end);
        });
  }

  private static Happening happening(ResultSet row) throws SQLException {
    return new Happening(
        EventType.valueOf(row.getString("type")),
        row.getLong("resource_id"),
        row.getString("resource_name"),
        row.getString("type_name"),
        row.getString("type_version"),
        row.getString("message"),
        row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
        row.getString("told"));
  }

  @Override
  public boolean advance(
      String notifier, UUID holder, long upTo, Map<Long, Optional<String>> marks) {
    return statements.inTransaction(
        client -> {
          int moved =
              client
                  .sql(
                      """
                      UPDATE notification_cursors SET position = :upTo
                      WHERE notifier = :notifier AND holder = :holder AND held_until >= now()
                      """)
                  .param("upTo", upTo)
                  .param("notifier", notifier)
                  .param("holder", holder)
                  .update();
          if (moved == 1) {
            marks.forEach((resource, message) -> mark(client, notifier, resource, message));
          }
          return moved == 1;
        });
  }

  private static void mark(
      JdbcClient client, String notifier, long resource, Optional<String> message) {
    if (message.isEmpty()) {
      client
          .sql("DELETE FROM notification_marks WHERE notifier = ? AND resource_id = ?")
          .param(notifier)
          .param(resource)
          .update();
      return;
    }
    client
        .sql(
            """
            INSERT INTO notification_marks (notifier, resource_id, message) VALUES (?, ?, ?)
            ON CONFLICT (notifier, resource_id) DO UPDATE SET message = EXCLUDED.message
            """)
        .param(notifier)
        .param(resource)
        .param(message.get())
        .update();
  }
}
