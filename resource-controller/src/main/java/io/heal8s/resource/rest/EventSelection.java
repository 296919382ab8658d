// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.model.LabelRequirement;
import io.heal8s.resource.model.ResourceEvent;
import io.heal8s.resource.store.EventLog;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which events somebody wants and may see.
 *
 * @param filter what the log leaves out by itself
 * @param caller who listens
 * @param name of one resource; null for all
 * @param labels all must hold
 */
record EventSelection(
    EventLog.Filter filter, Caller caller, @Nullable String name, List<LabelRequirement> labels) {

  EventSelection {
    labels = List.copyOf(labels);
  }

  EventSelection withCaller(Caller changed) {
    return new EventSelection(filter, changed, name, labels);
  }

  boolean selects(ResourceEvent event) {
    return caller.may(Operation.READ, event.typeName(), event.typeVersion())
        && (name == null || name.equals(event.resourceName()))
        && (labels.isEmpty() || hasLabels(event));
  }

  private boolean hasLabels(ResourceEvent event) {
    JsonNode found = JsonMapper.shared().readTree(event.data()).path("metadata").path("labels");
    return labels.stream().allMatch(requirement -> holds(requirement, found));
  }

  private static boolean holds(LabelRequirement requirement, JsonNode labels) {
    JsonNode value = labels.path(requirement.key());
    boolean present = value.isString();
    return switch (requirement.operator()) {
      case IN -> present && requirement.values().contains(value.stringValue());
      case NOT_IN -> !present || !requirement.values().contains(value.stringValue());
      case EXISTS -> present;
      case DOES_NOT_EXIST -> !present;
    };
  }
}
