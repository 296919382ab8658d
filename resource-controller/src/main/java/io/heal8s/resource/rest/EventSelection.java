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
 * @param of what they must be about
 */
record EventSelection(EventLog.Filter filter, Caller caller, Of of) {

  /**
   * Which resources, as the event shows them.
   *
   * @param name of one resource; null for all
   * @param typeVersion null for any; a resource can leave it, for it can be migrated
   * @param status null for any
   * @param actionPlugin null for any
   * @param labels all must hold
   */
  record Of(
      @Nullable String name,
      @Nullable String typeVersion,
      @Nullable String status,
      @Nullable String actionPlugin,
      List<LabelRequirement> labels) {

    static final Of ANY = new Of(null, null, null, null, List.of());

    Of {
      labels = List.copyOf(labels);
    }

    private boolean isAboutContent() {
      return status != null || actionPlugin != null || !labels.isEmpty();
    }

    private boolean holds(ResourceEvent event) {
      return (typeVersion == null || typeVersion.equals(event.typeVersion()))
          && (!isAboutContent() || holds(JsonMapper.shared().readTree(event.data())));
    }

    private boolean holds(JsonNode data) {
      JsonNode found = data.path("metadata").path("labels");
      return (status == null || status.equals(data.path("status").asString("")))
          && (actionPlugin == null || actionPlugin.equals(data.path("action_plugin").asString("")))
          && labels.stream().allMatch(requirement -> holds(requirement, found));
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

  EventSelection withCaller(Caller changed) {
    return new EventSelection(filter, changed, of);
  }

  /** Whether an event is of a resource that is asked for, as far as the listener may know. */
  Fit fit(ResourceEvent event) {
    boolean isMeant =
        caller.may(Operation.READ, event.typeName(), event.typeVersion())
            && (of.name() == null || of.name().equals(event.resourceName()));
    if (!isMeant) {
      return Fit.NEVER;
    }
    return of.holds(event) ? Fit.NOW : Fit.NOT_NOW;
  }

  /** How a resource, as an event shows it, agrees with what is asked for. */
  enum Fit {
    /** It is one of those. */
    NOW,
    /** It may have been one before, or become one: only its content or its version differs. */
    NOT_NOW,
    /** It is another one, or not for this listener. */
    NEVER
  }
}
