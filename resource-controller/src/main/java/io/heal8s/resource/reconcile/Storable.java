// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.RunAnswer;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers of plugins as PostgreSQL can keep them. What the other side says is not chosen by us, and
 * the work is done: an answer that could not be written down would only be asked for again.
 */
final class Storable {

  /** U+0000 and halves of surrogate pairs, which no text of PostgreSQL may hold. */
  private static final Pattern UNSTORABLE = Pattern.compile("[\\x{0}\\p{Cs}]");

  private static final String REPLACEMENT = "\uFFFD";

  private Storable() {}

  /** The answer with U+FFFD in the place of each character that cannot be stored. */
  static RunAnswer of(RunAnswer answer) {
    return switch (answer) {
      case RunAnswer.Planned(PlanResult plan) -> new RunAnswer.Planned(of(plan));
      case RunAnswer.Stepped(var call, Step step) -> new RunAnswer.Stepped(call, of(step));
      case RunAnswer.Compared(DriftResult _), RunAnswer.WrittenAhead() -> answer;
    };
  }

  private static PlanResult of(PlanResult plan) {
    return switch (plan) {
      case PlanResult.Changes(String output) -> new PlanResult.Changes(text(output));
      case PlanResult.NoChanges(String output) -> new PlanResult.NoChanges(text(output));
      case PlanResult.Failed(String message) -> new PlanResult.Failed(text(message));
      case PlanResult.Later(var pause, String message) ->
          new PlanResult.Later(pause, text(message));
    };
  }

  private static Step of(Step step) {
    return switch (step) {
      case Step.Done(var changes, JsonNode outputs, String output) ->
          new Step.Done(changes, outputs == null ? null : json(outputs), text(output));
      case Step.Running(JsonNode handle, var pollAfter, String message) ->
          new Step.Running(json(handle), pollAfter, message == null ? null : text(message));
      case Step.Failed(String message, String output, var notBefore) ->
          new Step.Failed(text(message), text(output), notBefore);
      case Step.Later(var pause, String message) -> new Step.Later(pause, text(message));
      case Step.Unknown(String message, boolean dispatched) ->
          new Step.Unknown(text(message), dispatched);
    };
  }

  private static String text(String text) {
    return UNSTORABLE.matcher(text).replaceAll(REPLACEMENT);
  }

  private static JsonNode json(JsonNode json) {
    if (json.isString()) {
      return JsonNodeFactory.instance.stringNode(text(json.stringValue()));
    }
    if (json.isObject()) {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      json.properties().forEach(each -> object.set(text(each.getKey()), json(each.getValue())));
      return object;
    }
    if (json.isArray()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      json.forEach(each -> array.add(json(each)));
      return array;
    }
    return json;
  }
}
