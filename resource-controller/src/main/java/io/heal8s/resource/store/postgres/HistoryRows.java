// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.Trigger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** From rows of the history to records. */
final class HistoryRows {

  private HistoryRows() {}

  static HistoryEntry entry(ResultSet row, int number) throws SQLException {
    return new HistoryEntry(
        row.getLong("id"),
        row.getLong("resource_id"),
        row.getLong("generation"),
        row.getBoolean("success"),
        row.getString("phase"),
        row.getString("plan_output"),
        row.getString("apply_output"),
        row.getString("error_message"),
        row.getInt("resources_created"),
        row.getInt("resources_updated"),
        row.getInt("resources_deleted"),
        row.getDouble("duration_seconds"),
        Trigger.of(Objects.requireNonNullElse(row.getString("trigger_reason"), "scheduled")),
        row.getBoolean("drift_detected"),
        Rows.required(row, "reconcile_time"));
  }
}
