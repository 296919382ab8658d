// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.access.AdmissionWebhook;
import io.heal8s.resource.access.Grant;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.access.SystemPermission;
import io.heal8s.resource.access.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Rows of users, roles and webhooks as records. */
final class AccessRows {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private AccessRows() {}

  static User user(ResultSet row, int number) throws SQLException {
    return new User(
        row.getLong("id"),
        row.getString("username"),
        row.getString("email"),
        row.getString("display_name"),
        User.Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
        row.getBoolean("is_admin"),
        User.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getObject("custom_role_id", Long.class),
        row.getString("password_hash"),
        row.getString("bind_name"),
        time(row, "created_at"),
        time(row, "updated_at"),
        optionalTime(row, "last_login_at"),
        optionalTime(row, "last_synced_at"));
  }

  static Grant grant(ResultSet row, int number) throws SQLException {
    return new Grant(
        row.getLong("id"),
        row.getString("resource_type_name"),
        row.getString("resource_type_version"),
        operations(row.getString("operations")));
  }

  static AdmissionWebhook webhook(ResultSet row, int number) throws SQLException {
    return new AdmissionWebhook(
        row.getLong("id"),
        row.getString("name"),
        row.getString("webhook_url"),
        AdmissionWebhook.Kind.valueOf(row.getString("webhook_type").toUpperCase(Locale.ROOT)),
        operations(row.getString("operations")),
        row.getString("resource_type_name"),
        row.getString("resource_type_version"),
        row.getInt("timeout_seconds"),
        AdmissionWebhook.FailurePolicy.valueOf(
            row.getString("failure_policy").toUpperCase(Locale.ROOT)),
        row.getInt("ordering"),
        time(row, "created_at"),
        time(row, "updated_at"));
  }

  static Set<SystemPermission> systemPermissions(String json) {
    return words(json).stream()
        .map(SystemPermission::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private static Set<Operation> operations(String json) {
    return words(json).stream().map(Operation::valueOf).collect(Collectors.toSet());
  }

  private static List<String> words(String json) {
    return StreamSupport.stream(JSON.readTree(json).spliterator(), false)
        .map(word -> word.asString(""))
        .toList();
  }

  /** Words as a JSON array, in order. */
  static String json(Collection<String> words) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    words.stream().sorted().forEach(array::add);
    return array.toString();
  }

  static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant optionalTime(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
