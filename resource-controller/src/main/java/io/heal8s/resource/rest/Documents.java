// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.intake.Masks;
import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.PendingPlan;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceCondition;
import io.heal8s.resource.model.ResourceType;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Resources, types and history as the answers show them. */
final class Documents {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Documents() {}

  static ObjectNode of(ResourceType type) {
    ObjectNode json = JSON.objectNode().put("id", type.id()).put("name", type.name());
    json.put("version", type.version()).set("schema", type.schema());
    json.put("description", type.description()).put("status", type.status());
    json.set("metadata", Masks.hiddenOfType(type.metadata()));
    return json.put("created_at", Times.text(type.createdAt()))
        .put("updated_at", Times.text(type.updatedAt()));
  }

  static ObjectNode of(Resource resource) {
    ObjectNode json =
        JSON.objectNode()
            .put("id", resource.id())
            .put("name", resource.name())
            .put("resource_type_name", resource.typeName())
            .put("resource_type_version", resource.typeVersion())
            .put("action_plugin", resource.actionPlugin())
            .put("status", resource.status().word())
            .put("status_message", resource.statusMessage())
            .put("generation", resource.generation())
            .put("observed_generation", resource.observedGeneration())
            .put("created_at", Times.text(resource.createdAt()))
            .put("updated_at", Times.text(resource.updatedAt()))
            .put("last_reconcile_time", Times.text(resource.lastReconcileTime()))
            .put("next_reconcile_time", Times.text(resource.nextReconcileTime()))
            .put("deleted_at", Times.text(resource.deletedAt()))
            .put("retry_count", resource.retryCount())
            .put("approval", resource.approval().word());
    json.set("spec", resource.spec());
    json.set("plugin_config", Masks.hidden(resource.pluginConfig()));
    json.set("metadata", resource.metadata());
    resource.finalizers().forEach(json.putArray("finalizers")::add);
    ArrayNode conditions = json.putArray("conditions");
    resource.conditions().forEach(condition -> conditions.add(of(condition)));
    PendingPlan plan = resource.pendingPlan();
    if (plan != null) {
      json.putObject("pending_plan")
          .put("id", plan.id())
          .put("generation", plan.generation())
          .put("output", plan.output());
    }
    return json;
  }

  private static ObjectNode of(ResourceCondition condition) {
    return JSON.objectNode()
        .put("type", condition.type())
        .put("status", condition.status())
        .put("reason", condition.reason())
        .put("message", condition.message())
        .put("lastTransitionTime", Times.text(condition.lastTransitionTime()))
        .put("observedGeneration", condition.observedGeneration());
  }

  static ObjectNode of(HistoryEntry entry) {
    return JSON.objectNode()
        .put("id", entry.id())
        .put("resource_id", entry.resourceId())
        .put("generation", entry.generation())
        .put("success", entry.success())
        .put("phase", entry.phase())
        .put("error_message", entry.errorMessage())
        .put("resources_created", entry.created())
        .put("resources_updated", entry.updated())
        .put("resources_deleted", entry.deleted())
        .put("reconcile_time", Times.text(entry.reconcileTime()))
        .put("plan_output", entry.planOutput())
        .put("apply_output", entry.applyOutput())
        .put("duration_seconds", entry.durationSeconds())
        .put("trigger_reason", entry.trigger().word())
        .put("drift_detected", entry.driftDetected());
  }
}
