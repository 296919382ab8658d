// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static java.sql.Types.VARCHAR;

import io.heal8s.resource.access.IdempotencyStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys of requests in PostgreSQL. */
public final class JdbcIdempotencyStore implements IdempotencyStore {

  /** How long a key is known; a client that repeats later than that has given up before. */
  private static final String KEPT = "interval '24 hours'";

  /** Longer than any request is at work; whoever began is gone then. */
  private static final String AT_WORK = "interval '60 seconds'";

  private final Statements statements;

  /** Makes a store. */
  public JdbcIdempotencyStore(Database database) {
    this.statements = new Statements(database);
  }

  @Override
  public Begun begin(String owner, String key, String fingerprint) {
    return statements.inTransaction(
        client -> {
          client.sql("DELETE FROM idempotency_keys WHERE begun_at < now() - " + KEPT).update();
          int inserted =
              client
                  .sql(
                      """
                      INSERT INTO idempotency_keys (owner, key, fingerprint) VALUES (?, ?, ?)
                      ON CONFLICT (owner, key) DO NOTHING
                      """)
                  .params(owner, key, fingerprint)
                  .update();
          return inserted == 1 ? new Begun.First() : before(client, owner, key, fingerprint);
        });
  }

  private static Begun before(JdbcClient client, String owner, String key, String fingerprint) {
    Optional<Begun> found =
        client
            .sql(
                """
                SELECT *, tried_at < clock_timestamp() - %s AS left_behind
                FROM idempotency_keys WHERE owner = ? AND key = ? FOR UPDATE
                """
                    .formatted(AT_WORK))
            .params(owner, key)
            .query((row, number) -> known(row, fingerprint))
            .optional();
    if (found.orElse(null) instanceof Begun.Unfinished) {
      client
          .sql(
              "UPDATE idempotency_keys SET tried_at = clock_timestamp() WHERE owner = ? AND key = ?")
          .params(owner, key)
          .update();
    }
    return found.orElseGet(Begun.Running::new);
  }

  private static Begun known(ResultSet row, String fingerprint) throws SQLException {
    if (!row.getString("fingerprint").equals(fingerprint)) {
      return new Begun.Different();
    }
    if (row.getObject("status") != null) {
      return new Begun.Finished(
          new Outcome(
              row.getInt("status"),
              row.getString("body"),
              row.getString("location"),
              row.getString("entity_tag")));
    }
    return row.getBoolean("left_behind")
        ? new Begun.Unfinished(AccessRows.time(row, "begun_at"))
        : new Begun.Running();
  }

  @Override
  public void finish(String owner, String key, Outcome outcome) {
    statements.run(
        client ->
            client
                .sql(
                    """
                    UPDATE idempotency_keys SET status = :status, body = :body,
                      location = :location, entity_tag = :tag
                    WHERE owner = :owner AND key = :key
                    """)
                .param("status", outcome.status())
                .param("body", outcome.body())
                .param("location", outcome.location(), VARCHAR)
                .param("tag", outcome.entityTag(), VARCHAR)
                .param("owner", owner)
                .param("key", key)
                .update());
  }

  @Override
  public void letGo(String owner, String key) {
    statements.run(
        client ->
            client
                .sql(
                    "UPDATE idempotency_keys SET tried_at = '-infinity'"
                        + " WHERE owner = ? AND key = ? AND status IS NULL")
                .params(owner, key)
                .update());
  }

  @Override
  public void forget(String owner, String key) {
    statements.run(
        client ->
            client
                .sql(
                    """
                    DELETE FROM idempotency_keys
                    WHERE owner = ? AND key = ? AND status IS NULL AND tried_at < begun_at + %s
                    """
                        .formatted(AT_WORK))
                .params(owner, key)
                .update());
  }
}
