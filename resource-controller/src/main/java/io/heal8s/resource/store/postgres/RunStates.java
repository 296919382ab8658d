// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.reconcile.decision.Operation;
import io.heal8s.resource.reconcile.decision.RunState;
import io.heal8s.resource.reconcile.decision.RunState.Phase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is under way, as JSON in the work row. */
final class RunStates {

  private RunStates() {}

  static @Nullable String text(@Nullable RunState run) {
    if (run == null) {
      return null;
    }
    ObjectNode json =
        Rows.JSON
            .createObjectNode()
            .put("phase", run.phase().name())
            .put("operation", run.operation().name())
            .put("generation", run.generation())
            .put("trigger", run.trigger().name())
            .put("drift", run.drift())
            .put("startedAt", run.startedAt().toString())
            .put("key", run.key())
            .put("planOutput", run.planOutput());
    if (run.handle() != null) {
      json.set("handle", run.handle());
    }
    return json.toString();
  }

  static @Nullable RunState of(@Nullable String text) {
    if (text == null) {
      return null;
    }
    JsonNode json = Rows.JSON.readTree(text);
    return new RunState(
        Phase.valueOf(json.get("phase").asString()),
        Operation.valueOf(json.get("operation").asString()),
        json.get("generation").asLong(),
        Trigger.valueOf(json.get("trigger").asString()),
        json.get("drift").asBoolean(),
        Instant.parse(json.get("startedAt").asString()),
        json.get("key").asString(),
        json.get("handle"),
        json.get("planOutput").asString());
  }
}
