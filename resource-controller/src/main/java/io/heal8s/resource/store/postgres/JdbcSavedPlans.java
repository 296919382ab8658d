// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.plugin.state.SavedPlan;
import io.heal8s.resource.plugin.state.SavedPlans;
import io.heal8s.resource.plugin.state.StatePosition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Saved plans in PostgreSQL. */
public final class JdbcSavedPlans implements SavedPlans {

  private final Statements statements;

  /** Makes it. */
  public JdbcSavedPlans(Database database) {
    this.statements = new Statements(database);
  }

  @Override
  public void save(SavedPlan plan, byte[] file) {
    statements.run(
        client ->
            client
                .sql(
                    """
                    INSERT INTO program_plans (resource_id, id, generation, inputs, lineage, serial,
                      objects, dependency_lock, text, made_at, file)
                    VALUES (:resource, :id, :generation, :inputs, :lineage, :serial,
                      :objects, :lock, :text, :madeAt, :file)
                    ON CONFLICT (resource_id) DO UPDATE SET id = EXCLUDED.id,
                      generation = EXCLUDED.generation, inputs = EXCLUDED.inputs,
                      lineage = EXCLUDED.lineage, serial = EXCLUDED.serial,
                      objects = EXCLUDED.objects, dependency_lock = EXCLUDED.dependency_lock,
                      text = EXCLUDED.text, made_at = EXCLUDED.made_at, file = EXCLUDED.file
                    """)
                .param("resource", plan.resourceId())
                .param("id", plan.id())
                .param("generation", plan.generation())
                .param("inputs", plan.inputs())
                .param("lineage", plan.position().lineage())
                .param("serial", plan.position().serial())
                .param("objects", plan.position().objects())
                .param("lock", plan.dependencyLock())
                .param("text", plan.text())
                .param("madeAt", plan.madeAt().atOffset(ZoneOffset.UTC))
                .param("file", file)
                .update());
  }

  @Override
  public Optional<SavedPlan> find(long resourceId) {
    return statements.run(
        client ->
            client
                .sql(
                    """
                    SELECT resource_id, id, generation, inputs, lineage, serial, objects,
                      dependency_lock, text, made_at
                    FROM program_plans WHERE resource_id = ?
                    """)
                .param(resourceId)
                .query(JdbcSavedPlans::plan)
                .optional());
  }

  private static SavedPlan plan(ResultSet row, int number) throws SQLException {
    return new SavedPlan(
        row.getLong("resource_id"),
        row.getString("id"),
        row.getLong("generation"),
        row.getString("inputs"),
        new StatePosition(row.getString("lineage"), row.getLong("serial"), row.getInt("objects")),
        row.getString("dependency_lock"),
        row.getString("text"),
        row.getObject("made_at", OffsetDateTime.class).toInstant());
  }

  @Override
  public Optional<byte[]> file(SavedPlan plan) {
    return statements.run(
        client ->
            client
                .sql("SELECT file FROM program_plans WHERE resource_id = ? AND id = ?")
                .params(plan.resourceId(), plan.id())
                .query((row, number) -> row.getBytes("file"))
                .optional());
  }
}
