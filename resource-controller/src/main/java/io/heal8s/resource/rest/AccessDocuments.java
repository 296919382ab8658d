// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.AdmissionWebhook;
import io.heal8s.resource.access.Grant;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.access.Role;
import io.heal8s.resource.access.SystemPermission;
import io.heal8s.resource.access.User;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Users, roles and webhooks as the answers show them. */
final class AccessDocuments {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AccessDocuments() {}

  static ObjectNode of(User user) {
    return JSON.objectNode()
        .put("id", user.id())
        .put("username", user.username())
        .put("email", user.email())
        .put("display_name", user.displayName())
        .put("source", word(user.source()))
        .put("is_admin", user.admin())
        .put("status", word(user.status()))
        .put("custom_role_id", user.customRoleId())
        .put("created_at", Times.text(user.createdAt()))
        .put("updated_at", Times.text(user.updatedAt()))
        .put("last_login_at", Times.text(user.lastLoginAt()))
        .put("last_synced_at", Times.text(user.lastSyncedAt()));
  }

  static ObjectNode of(Role role) {
    ObjectNode json =
        JSON.objectNode()
            .put("id", role.id())
            .put("name", role.name())
            .put("description", role.description());
    ArrayNode system = json.putArray("system_permissions");
    role.systemPermissions().stream().map(SystemPermission::word).sorted().forEach(system::add);
    ArrayNode permissions = json.putArray("permissions");
    role.permissions().forEach(permission -> permissions.add(of(permission)));
    return json.put("created_at", Times.text(role.createdAt()))
        .put("updated_at", Times.text(role.updatedAt()));
  }

  static ObjectNode of(Grant grant) {
    ObjectNode json =
        JSON.objectNode()
            .put("id", grant.id())
            .put("resource_type_name", grant.typeName())
            .put("resource_type_version", grant.typeVersion());
    ArrayNode operations = json.putArray("operations");
    grant.operations().stream().sorted().map(Operation::name).forEach(operations::add);
    return json;
  }

  static ObjectNode of(AdmissionWebhook webhook) {
    ObjectNode json =
        JSON.objectNode()
            .put("id", webhook.id())
            .put("name", webhook.name())
            .put("webhook_url", webhook.url())
            .put("webhook_type", word(webhook.kind()));
    ArrayNode operations = json.putArray("operations");
    webhook.operations().stream().sorted().map(Operation::name).forEach(operations::add);
    return json.put("resource_type_name", webhook.typeName())
        .put("resource_type_version", webhook.typeVersion())
        .put("timeout_seconds", webhook.timeoutSeconds())
        .put(
            "failure_policy",
            webhook.failurePolicy() == AdmissionWebhook.FailurePolicy.FAIL ? "Fail" : "Ignore")
        .put("ordering", webhook.ordering())
        .put("created_at", Times.text(webhook.createdAt()))
        .put("updated_at", Times.text(webhook.updatedAt()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
