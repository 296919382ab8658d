// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.plugin.state.Credential;
import io.heal8s.resource.plugin.state.StatePosition;
import io.heal8s.resource.plugin.state.StateStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** States in PostgreSQL. */
public final class JdbcStateStore implements StateStore {

  private final Statements statements;

  /** Makes it. */
  public JdbcStateStore(Database database) {
    this.statements = new Statements(database);
  }

  @Override
  public Optional<UUID> writer(long resourceId, Credential credential) {
    return statements.run(
        client ->
            client
                .sql(
                    "SELECT id, credential FROM program_runs"
                        + " WHERE resource_id = ? AND success IS NULL")
                .param(resourceId)
                .query((row, number) -> known(row, credential))
                .optional()
                .flatMap(Function.identity()));
  }

  private static Optional<UUID> known(ResultSet row, Credential credential) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    boolean right =
        id.toString().equals(credential.name())
            && MessageDigest.isEqual(
                row.getString("credential").getBytes(StandardCharsets.UTF_8),
                credential.digest().getBytes(StandardCharsets.UTF_8));
    return right ? Optional.of(id) : Optional.empty();
  }

  @Override
  public StatePosition position(long resourceId) {
    return statements.run(
        client ->
            client
                .sql("SELECT lineage, serial, objects FROM program_states WHERE resource_id = ?")
                .param(resourceId)
                .query(JdbcStateStore::position)
                .optional()
                .orElse(StatePosition.NONE));
  }

  private static StatePosition position(ResultSet row, int number) throws SQLException {
    return new StatePosition(
        row.getString("lineage"), row.getLong("serial"), row.getInt("objects"));
  }

  @Override
  public Optional<String> read(long resourceId) {
    return statements.run(
        client ->
            client
                .sql("SELECT state FROM program_states WHERE resource_id = ? AND state IS NOT NULL")
                .param(resourceId)
                .query(String.class)
                .optional());
  }

  @Override
  public Answer write(
      long resourceId, UUID run, String lockId, StatePosition position, String state) {
    return locked(
        resourceId,
        run,
        (client, row) -> {
          if (!lockId.equals(row.lockId())) {
            return new Answer.Locked(row.lockInfo());
          }
          StatePosition stored = row.position();
          if (!stored.lineage().isEmpty() && !stored.lineage().equals(position.lineage())) {
            return new Answer.Conflict("another state is stored here: its lineage differs");
          }
          if (position.serial() < stored.serial()) {
            return new Answer.Conflict(
                "a newer state is stored here: serial %d, not %d"
                    .formatted(stored.serial(), position.serial()));
          }
          client
              .sql(
                  """
                  UPDATE program_states SET state = :state, lineage = :lineage, serial = :serial,
                    objects = :objects WHERE resource_id = :resource
                  """)
              .param("state", state)
              .param("lineage", position.lineage())
              .param("serial", position.serial())
              .param("objects", position.objects())
              .param("resource", resourceId)
              .update();
          client.sql("UPDATE program_runs SET incomplete = FALSE WHERE id = ?").param(run).update();
          return new Answer.Done();
        });
  }

  @Override
  public void announce(UUID run) {
    statements.run(
        client ->
            client
                .sql("UPDATE program_runs SET incomplete = TRUE WHERE id = ?")
                .param(run)
                .update());
  }

  @Override
  public Answer delete(long resourceId, UUID run) {
    return locked(
        resourceId,
        run,
        (client, row) -> {
          if (row.lockId() == null) {
            return new Answer.Locked(row.lockInfo());
          }
          client
              .sql(
                  "UPDATE program_states SET state = NULL, lineage = '', serial = 0, objects = 0"
                      + " WHERE resource_id = ?")
              .param(resourceId)
              .update();
          return new Answer.Done();
        });
  }

  @Override
  public Answer lock(long resourceId, UUID run, String lockId, String info) {
    return locked(
        resourceId,
        run,
        (client, row) -> {
          setLock(client, resourceId, lockId, info);
          client
              .sql("UPDATE program_runs SET locked = TRUE, released = FALSE WHERE id = ?")
              .param(run)
              .update();
          return new Answer.Done();
        });
  }

  @Override
  public Answer unlock(long resourceId, UUID run, String lockId) {
    return locked(
        resourceId,
        run,
        (client, row) -> {
          if (row.lockId() != null && !lockId.equals(row.lockId())) {
            return new Answer.Locked(row.lockInfo());
          }
          setLock(client, resourceId, null, null);
          client
              .sql("UPDATE program_runs SET released = locked AND NOT incomplete WHERE id = ?")
              .param(run)
              .update();
          return new Answer.Done();
        });
  }

  private static void setLock(
      JdbcClient client, long resourceId, @Nullable String id, @Nullable String info) {
    client
        .sql("UPDATE program_states SET lock_id = :id, lock_info = :info WHERE resource_id = :at")
        .param("id", id, java.sql.Types.VARCHAR)
        .param("info", info, java.sql.Types.VARCHAR)
        .param("at", resourceId)
        .update();
  }

  /** Does something while no newer run can begin; it needs the same row. */
  private Answer locked(long resourceId, UUID run, Work work) {
    return statements.inTransaction(
        client -> {
          boolean newest =
              client
                  .sql(
                      "SELECT id FROM program_runs"
                          + " WHERE resource_id = ? AND id = ? AND success IS NULL FOR UPDATE")
                  .params(resourceId, run)
                  .query(UUID.class)
                  .optional()
                  .isPresent();
          if (!newest) {
            return new Answer.Superseded();
          }
          Row row =
              client
                  .sql("SELECT * FROM program_states WHERE resource_id = ? FOR UPDATE")
                  .param(resourceId)
                  .query(JdbcStateStore::row)
                  .single();
          return work.on(client, row);
        });
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    String info = row.getString("lock_info");
    return new Row(row.getString("lock_id"), info == null ? "" : info, position(row, number));
  }

  private record Row(@Nullable String lockId, String lockInfo, StatePosition position) {}

  private interface Work {
    Answer on(JdbcClient client, Row row);
  }
}
