// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.graphql;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.kco.targetapp.Trigger;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.graphql.trigger.Trial;
import io.heal8s.graphql.trigger.TriggerJudge;
import org.jspecify.annotations.Nullable;

/** One line in, one line out. */
final class EvalLine {

  private EvalLine() {}

  /**
   * The answer to a line.
   *
   * @param number of the line, from 1
   * @param judge the same for all lines
   * @return one line of JSON, never empty
   */
  static String answer(String line, long number, TriggerJudge judge) {
    try {
      return result(line, judge).toString();
    } catch (UnreadableException wrong) {
      JsonObject error = new JsonObject();
      error.addProperty("error", "line " + number + ": " + wrong.getMessage());
      return error.toString();
    }
  }

  private static JsonObject result(String line, TriggerJudge judge) throws UnreadableException {
    JsonObject input = object("the line", LineJson.read(line));
    if (!(input.get("name") instanceof JsonPrimitive name) || !name.isString()) {
      throw new UnreadableException("name is missing, or no text");
    }
    JsonElement old = input.get("old");
    JsonObject before = old == null || old.isJsonNull() ? null : object("old", old);
    if (!input.has("new")) {
      throw new UnreadableException("new is missing: it is the state after the poll");
    }
    JsonObject state = object("new", input.get("new"));
    JsonElement trigger = input.get("trigger");
    return json(
        Trial.of(
            judge,
            name.getAsString(),
            before,
            state,
            trigger == null || trigger.isJsonNull() ? null : trigger(object("trigger", trigger))));
  }

  private static JsonObject object(String what, JsonElement element) throws UnreadableException {
    if (element instanceof JsonObject object) {
      return object;
    }
    throw new UnreadableException(what + " is no JSON object");
  }

  private static Trigger trigger(JsonObject json) throws UnreadableException {
    JsonElement value = json.has("value") ? json.get("value") : JsonNull.INSTANCE;
    return new Trigger(
        text(json, "field"),
        constant(Trigger.Condition.values(), text(json, "condition")),
        value,
        text(json, "when"),
        mode(text(json, "mode")),
        text(json, "for"));
  }

  // A condition that nobody knows is the judge's to tell: it never held in the original either.
  private static Trigger.@Nullable Mode mode(@Nullable String name) throws UnreadableException {
    Trigger.Mode mode = constant(Trigger.Mode.values(), name);
    if (mode == null && name != null) {
      throw new UnreadableException(
          "trigger.mode is '" + ForeignText.line(name) + "': write edge or level");
    }
    return mode;
  }

  private static @Nullable String text(JsonObject json, String name) throws UnreadableException {
    JsonElement element = json.get(name);
    if (element == null || element.isJsonNull()) {
      return null;
    }
    if (element instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw new UnreadableException("trigger." + name + " is no text");
  }

  private static <E extends Enum<E>> @Nullable E constant(E[] constants, @Nullable String name) {
    for (E constant : constants) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    return null;
  }

  private static JsonObject json(Trial trial) {
    JsonObject json = new JsonObject();
    JsonArray changed = new JsonArray();
    trial.changed().forEach(changed::add);
    json.add("changed", changed);
    json.addProperty("initial", trial.initial());
    json.addProperty("fires", trial.fires());
    JsonArray events = new JsonArray();
    for (Announcement event : trial.events()) {
      JsonObject one = new JsonObject();
      one.addProperty("type", event.type().name());
      one.addProperty("reason", event.reason());
      one.addProperty("message", event.message());
      events.add(one);
    }
    json.add("events", events);
    if (trial.problem() != null) {
      json.addProperty("problem", trial.problem());
    }
    return json;
  }
}
