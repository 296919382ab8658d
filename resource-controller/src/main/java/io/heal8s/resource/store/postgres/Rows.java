// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.PendingPlan;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceCondition;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.model.ResourceType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** From rows to records. */
final class Rows {

  static final ObjectMapper JSON = JsonMapper.builder().build();

  /**
   * What {@link #resource} reads. Whether a plugin is at work is told by the work row: a check for
   * drift is no news, and a dispatch that is held is a failure.
   */
  static final String RESOURCE =
      """
      SELECT r.*, w.due_at, w.failures,
        CASE WHEN r.deleted_at IS NULL
               AND ((w.lease_owner IS NOT NULL AND w.priority <> 50)
                 OR (w.run IS NOT NULL AND w.run ->> 'phase' <> 'HELD'))
             THEN 'reconciling' ELSE r.status END AS shown_status
      FROM reconcile_work w JOIN resources r ON r.id = w.resource_id
      """;

  private Rows() {}

  static Resource resource(ResultSet row, int number) throws SQLException {
    Instant due = instant(row, "due_at");
    return new Resource(
        row.getLong("id"),
        row.getString("name"),
        row.getString("resource_type_name"),
        row.getString("resource_type_version"),
        row.getString("action_plugin"),
        json(row, "spec"),
        json(row, "plugin_config"),
        json(row, "metadata"),
        json(row, "outputs"),
        ResourceStatus.of(row.getString("shown_status")),
        row.getString("status_message"),
        row.getLong("generation"),
        row.getLong("observed_generation"),
        conditions(row.getString("conditions")),
        strings(json(row, "finalizers")),
        Approval.of(row.getString("approval")),
        pendingPlan(row.getString("pending_plan")),
        row.getInt("failures"),
        required(row, "created_at"),
        required(row, "updated_at"),
        instant(row, "last_reconcile_time"),
        due,
        instant(row, "deleted_at"),
        row.getLong("revision"));
  }

  static ResourceType type(ResultSet row, int number) throws SQLException {
    return new ResourceType(
        row.getLong("id"),
        row.getString("name"),
        row.getString("version"),
        json(row, "schema"),
        row.getString("description"),
        row.getString("status"),
        json(row, "metadata"),
        required(row, "created_at"),
        required(row, "updated_at"),
        row.getLong("revision"));
  }

  static JsonNode json(ResultSet row, String column) throws SQLException {
    return JSON.readTree(row.getString(column));
  }

  static String array(Iterable<String> strings) {
    var array = JSON.createArrayNode();
    strings.forEach(array::add);
    return array.toString();
  }

  static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(item -> strings.add(item.asString()));
    return strings;
  }

  static List<ResourceCondition> conditions(String text) {
    List<ResourceCondition> conditions = new ArrayList<>();
    if (text.equals("[]")) {
      return conditions;
    }
    for (JsonNode each : JSON.readTree(text)) {
      conditions.add(
          new ResourceCondition(
              each.path("type").asString(""),
              each.path("status").asString("Unknown"),
              each.path("reason").asString(""),
              each.path("message").asString(""),
              // The newest original writes them with or without a zone.
              time(each.path("lastTransitionTime").asString("")),
              each.path("observedGeneration").asLong(0)));
    }
    return conditions;
  }

  static String conditionsText(List<ResourceCondition> conditions) {
    var array = JSON.createArrayNode();
    for (ResourceCondition each : conditions) {
      array
          .addObject()
          .put("type", each.type())
          .put("status", each.status())
          .put("reason", each.reason())
          .put("message", each.message())
          .put("lastTransitionTime", each.lastTransitionTime().toString())
          .put("observedGeneration", each.observedGeneration());
    }
    return array.toString();
  }

  static @Nullable PendingPlan pendingPlan(@Nullable String text) {
    if (text == null) {
      return null;
    }
    JsonNode plan = JSON.readTree(text);
    return new PendingPlan(
        plan.path("id").asString(""),
        plan.path("generation").asLong(0),
        plan.path("output").asString(""));
  }

  static @Nullable String planText(@Nullable PendingPlan plan) {
    return plan == null
        ? null
        : JSON.createObjectNode()
            .put("id", plan.id())
            .put("generation", plan.generation())
            .put("output", plan.output())
            .toString();
  }

  static Instant required(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** Infinity stands for never. */
  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null || time.equals(OffsetDateTime.MAX) ? null : time.toInstant();
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text.endsWith("Z") || text.contains("+") ? text : text + "Z");
    } catch (java.time.format.DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
