// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.reconcile.decision.Operation;
import io.heal8s.resource.reconcile.decision.RunInputs;
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
    json.set("inputs", json(run.inputs()));
    return json.toString();
  }

  private static ObjectNode json(RunInputs inputs) {
    ObjectNode json = Rows.JSON.createObjectNode().put("typeVersion", inputs.typeVersion());
    json.set("spec", inputs.spec());
    json.set("pluginConfig", inputs.pluginConfig());
    json.set("typeMetadata", inputs.typeMetadata());
    return json;
  }

  /**
   * Reads one.
   *
   * @param newest what is wanted now; stands for what a process of an older version did not keep
   */
  static @Nullable RunState of(@Nullable String text, RunInputs newest) {
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
        json.get("planOutput").asString(),
        json.has("inputs") ? inputs(json.get("inputs")) : newest);
  }

  private static RunInputs inputs(JsonNode json) {
    return new RunInputs(
        json.get("typeVersion").asString(),
        json.get("spec"),
        json.get("pluginConfig"),
        json.get("typeMetadata"));
  }
}
