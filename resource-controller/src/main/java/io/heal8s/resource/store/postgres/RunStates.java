// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.reconcile.decision.Operation;
import io.heal8s.resource.reconcile.decision.RunInputs;
import io.heal8s.resource.reconcile.decision.RunState;
import io.heal8s.resource.reconcile.decision.RunState.Phase;
import io.heal8s.resource.reconcile.decision.Work;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is under way, as JSON in the work row, and apart from it what it is about. */
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

  /**
   * What the run of that claim is about, to be written down; null where that was done before, for
   * it may be much, and polls are many.
   */
  static @Nullable String inputsText(Work work, @Nullable RunState run) {
    return run == null || isKept(work, run.inputs()) ? null : json(run).toString();
  }

  private static boolean isKept(Work work, RunInputs inputs) {
    // Those that are the newest stand for what was not kept.
    return work.run() != null && work.run().inputs() == inputs && inputs.spec() != work.spec();
  }

  private static ObjectNode json(RunState run) {
    RunInputs inputs = run.inputs();
    ObjectNode json =
        Rows.JSON
            .createObjectNode()
            .put("startedAt", run.startedAt().toString())
            .put("typeVersion", inputs.typeVersion());
    json.set("spec", inputs.spec());
    json.set("pluginConfig", inputs.pluginConfig());
    json.set("typeMetadata", inputs.typeMetadata());
    return json;
  }

  /**
   * Reads one.
   *
   * @param inputs what a run was begun with, perhaps another one
   * @param newest what is wanted now; stands for what a process of an older version did not keep
   */
  static @Nullable RunState of(@Nullable String text, @Nullable String inputs, RunInputs newest) {
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
        inputs(json, inputs, newest));
  }

  private static RunInputs inputs(JsonNode run, @Nullable String apart, RunInputs newest) {
    if (run.has("inputs")) {
      // As a process of an older version keeps them.
      return inputs(run.get("inputs"));
    }
    JsonNode kept = apart == null ? null : Rows.JSON.readTree(apart);
    return kept != null && kept.path("startedAt").equals(run.get("startedAt"))
        ? inputs(kept)
        : newest;
  }

  private static RunInputs inputs(JsonNode json) {
    return new RunInputs(
        json.get("typeVersion").asString(),
        json.get("spec"),
        json.get("pluginConfig"),
        json.get("typeMetadata"));
  }
}
