// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.plugin.state.ProgramRun;
import io.heal8s.resource.plugin.state.ProgramRuns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs in PostgreSQL. */
public final class JdbcProgramRuns implements ProgramRuns {

  private static final String SELECT =
      """
      SELECT *, alive_until >= clock_timestamp() AS alive,
        (extract(epoch FROM clock_timestamp() - began_at) * 1000)::bigint AS age
      FROM program_runs WHERE\s""";

  private final Statements statements;

  /** Makes it. */
  public JdbcProgramRuns(Database database) {
    this.statements = new Statements(database);
  }

  @Override
  public boolean begin(Beginning beginning) {
    return statements.inTransaction(
        client -> {
          boolean began = hasPlan(client, beginning) && take(client, beginning);
          if (began) {
            freeState(client, beginning.resourceId());
            dropPlan(client, beginning);
          }
          return began;
        });
  }

  /** Held to the end of the transaction, so that it is taken once. */
  private static boolean hasPlan(JdbcClient client, Beginning beginning) {
    return beginning.plan() == null
        || client
            .sql("SELECT id FROM program_plans WHERE resource_id = ? AND id = ? FOR UPDATE")
            .params(beginning.resourceId(), beginning.plan())
            .query(String.class)
            .optional()
            .isPresent();
  }

  /** The row is the right to the state; whoever is alive keeps it. */
  private static boolean take(JdbcClient client, Beginning beginning) {
    return client
            .sql(
                """
                INSERT INTO program_runs (resource_id, id, dispatch_key, operation, credential,
                  alive_until)
                VALUES (:resource, :id, :key, :operation, :credential,
                  clock_timestamp() + :lease * interval '1 second')
                ON CONFLICT (resource_id) DO UPDATE SET id = EXCLUDED.id,
                  dispatch_key = EXCLUDED.dispatch_key, operation = EXCLUDED.operation,
                  credential = EXCLUDED.credential, began_at = clock_timestamp(),
                  alive_until = EXCLUDED.alive_until, stop = FALSE, locked = FALSE,
                  released = FALSE, success = NULL, complete = FALSE,
                  incomplete = FALSE, told = FALSE, message = '', output = '', created = 0,
                  changed = 0, removed = 0, outputs = NULL
                WHERE program_runs.success IS NOT NULL
                  OR program_runs.alive_until < clock_timestamp()
                """)
            .param("resource", beginning.resourceId())
            .param("id", beginning.id())
            .param("key", beginning.dispatchKey())
            .param("operation", beginning.operation().name())
            .param("credential", beginning.credential().digest())
            .param("lease", beginning.lease().toMillis() / 1000.0)
            .update()
        == 1;
  }

  private static void freeState(JdbcClient client, long resourceId) {
    client
        .sql(
            """
            INSERT INTO program_states (resource_id) VALUES (?)
            ON CONFLICT (resource_id) DO UPDATE SET lock_id = NULL, lock_info = NULL
            """)
        .param(resourceId)
        .update();
  }

  private static void dropPlan(JdbcClient client, Beginning beginning) {
    client
        .sql("DELETE FROM program_plans WHERE resource_id = :resource AND id = :plan")
        .param("resource", beginning.resourceId())
        .param("plan", beginning.plan(), Types.VARCHAR)
        .update();
  }

  @Override
  public Optional<ProgramRun> find(UUID id) {
    return statements.run(
        client -> client.sql(SELECT + "id = ?").param(id).query(JdbcProgramRuns::run).optional());
  }

  @Override
  public Optional<ProgramRun> ofDispatch(String key) {
    return statements.run(
        client ->
            client
                .sql(SELECT + "dispatch_key = ?")
                .param(key)
                .query(JdbcProgramRuns::run)
                .optional());
  }

  @Override
  public Optional<ProgramRun> newest(long resourceId) {
    return statements.run(
        client ->
            client
                .sql(SELECT + "resource_id = ?")
                .param(resourceId)
                .query(JdbcProgramRuns::run)
                .optional());
  }

  private static ProgramRun run(ResultSet row, int number) throws SQLException {
    return new ProgramRun(
        row.getObject("id", UUID.class),
        ProgramRun.Operation.valueOf(row.getString("operation")),
        row.getBoolean("alive"),
        row.getBoolean("locked"),
        row.getBoolean("released"),
        Duration.ofMillis(row.getLong("age")),
        ending(row));
  }

  private static ProgramRun.@Nullable Ending ending(ResultSet row) throws SQLException {
    boolean success = row.getBoolean("success");
    if (row.wasNull()) {
      return null;
    }
    String outputs = row.getString("outputs");
    return new ProgramRun.Ending(
        success,
        row.getBoolean("complete"),
        row.getString("message"),
        row.getString("output"),
        row.getInt("created"),
        row.getInt("changed"),
        row.getInt("removed"),
        outputs == null ? null : Rows.JSON.readTree(outputs));
  }

  @Override
  public Pulse beat(UUID id, Duration lease) {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    UPDATE program_runs
                    SET alive_until = clock_timestamp() + :lease * interval '1 second'
                    WHERE id = :id AND success IS NULL RETURNING stop
                    """)
                .param("lease", lease.toMillis() / 1000.0)
                .param("id", id)
                .query(Boolean.class)
                .optional()
                .map(stop -> stop ? Pulse.STOP : Pulse.GO_ON)
                .orElse(Pulse.SUPERSEDED));
  }

  @Override
  public boolean tell(UUID id) {
    return statements.run(
            client ->
                client
                    .sql("UPDATE program_runs SET told = TRUE WHERE id = ? AND NOT told")
                    .param(id)
                    .update())
        == 1;
  }

  @Override
  public void askToStop(UUID id) {
    statements.run(
        client ->
            client
                .sql("UPDATE program_runs SET stop = TRUE WHERE id = ? AND NOT stop")
                .param(id)
                .update());
  }

  @Override
  public void end(UUID id, ProgramRun.Ending ending) {
    statements.run(
        client ->
            client
                .sql(
                    """
                    UPDATE program_runs SET success = :success, complete = :complete, message = :message,
                      output = :output, created = :created, changed = :changed,
                      removed = :removed, outputs = :outputs::jsonb
                    WHERE id = :id AND success IS NULL
                    """)
                .param("success", ending.success())
                .param("complete", ending.complete())
                .param("message", ending.message())
                .param("output", ending.output())
                .param("created", ending.created())
                .param("changed", ending.changed())
                .param("removed", ending.removed())
                .param(
                    "outputs",
                    ending.outputs() == null ? null : ending.outputs().toString(),
                    Types.VARCHAR)
                .param("id", id)
                .update());
  }
}
