// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.kubernetes;

import io.heal8s.resource.plugin.InputSink.Receipt;
import io.heal8s.resource.plugin.InputSink.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the status of a custom resource says. Pure. */
final class CustomStatus {

  private CustomStatus() {}

  private record Verdict(String status, String reason, String message) {}

  /**
   * The status.
   *
   * @param object the custom resource as it is
   * @param receipt what became of its delivery
   * @param state how its resource is; empty when there is none
   * @param now the time of a change
   */
  static ObjectNode of(JsonNode object, Receipt receipt, Optional<State> state, Instant now) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    long generation = object.path("metadata").path("generation").longValue(0);
    Verdict verdict = judged(receipt, state);
    status.put("observedGeneration", generation);
    state.ifPresent(
        there -> {
          status.put("phase", there.status());
          status.set("outputs", there.outputs());
        });
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", verdict.status())
        .put("reason", verdict.reason())
        .put("message", verdict.message())
        .put("observedGeneration", generation)
        .put("lastTransitionTime", since(object, verdict, now));
    return status;
  }

  private static Verdict judged(Receipt receipt, Optional<State> state) {
    return switch (receipt) {
      case Receipt.Refused(String message, _) -> new Verdict("False", "Refused", message);
      case Receipt.TryAgain(String message) -> new Verdict("Unknown", "NotDelivered", message);
      case Receipt.Accepted _ ->
          state
              .map(CustomStatus::judged)
              .orElseGet(() -> new Verdict("Unknown", "NotDelivered", "it is not there yet"));
    };
  }

  private static Verdict judged(State state) {
    String message = state.message() == null ? "" : state.message();
    if (state.deleting()) {
      return new Verdict("False", "Deleting", message);
    }
    if (state.status().equals("ready") && state.observedGeneration() == state.generation()) {
      return new Verdict("True", "Ready", message);
    }
    return state.status().equals("failed")
        ? new Verdict("False", "Failed", message)
        : new Verdict("Unknown", "Reconciling", message);
  }

  /** Moves only when the status of the condition does. */
  private static String since(JsonNode object, Verdict verdict, Instant now) {
    JsonNode before = object.path("status").path("conditions").path(0);
    return before.path("status").asString("").equals(verdict.status())
            && before.has("lastTransitionTime")
        ? before.path("lastTransitionTime").asString("")
        : now.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
