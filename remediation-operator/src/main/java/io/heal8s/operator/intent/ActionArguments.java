// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.core.decide.Verdict;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Arguments of a newer action, read by name; wrong ones are refused in the original's words. */
final class ActionArguments {

  /** Arguments that the action does not take as they are. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    Refused(String message) {
      // Control flow inside this package: nobody ever sees the stack.
      super(message, null, false, false);
    }

    Verdict verdict() {
      return new Verdict(ActionReason.InvalidParameter, String.valueOf(getMessage()));
    }
  }

  private final JsonObject given;

  ActionArguments(JsonObject given) {
    this.given = given;
  }

  /**
   * Refuses names that nobody reads.
   *
   * @param ignored names that the original's users write although nothing read them there either
   */
  void only(List<String> known, List<String> ignored) throws Refused {
    TreeSet<String> unknown = new TreeSet<>(given.keySet());
    unknown.removeAll(known);
    unknown.removeAll(ignored);
    if (!unknown.isEmpty()) {
      throw new Refused(
          ForeignText.line(unknown.getFirst())
              + " is no argument of this action; it takes "
              + String.join(", ", known)
              + "; correct the name or remove it");
    }
  }

  boolean has(String name) {
    JsonElement value = given.get(name);
    return value != null && !value.isJsonNull();
  }

  Optional<JsonElement> value(String name) {
    return has(name) ? Optional.of(given.get(name)) : Optional.empty();
  }

  JsonElement required(String name) throws Refused {
    JsonElement value =
        value(name).orElseThrow(() -> new Refused("Missing required parameter: " + name));
    boolean blank =
        (value instanceof JsonPrimitive one && one.isString() && one.getAsString().isBlank())
            || (value instanceof JsonObject object && object.isEmpty())
            || (value instanceof JsonArray list && list.isEmpty());
    if (blank) {
      throw new Refused("Missing required parameter: " + name);
    }
    return value;
  }

  Optional<String> text(String name) throws Refused {
    Optional<JsonElement> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonPrimitive one && one.isString()) {
      return Optional.of(one.getAsString()).filter(text -> !text.isBlank());
    }
    throw wrong(name, value.get(), "a text");
  }

  /** A whole number from the least to the most, also when it is written as a text. */
  int number(String name, int unset, int least, int most) throws Refused {
    Optional<JsonElement> value = value(name);
    if (value.isEmpty()) {
      return unset;
    }
    return whole(value.get())
        .filter(number -> number >= least && number <= most)
        .orElseThrow(
            () ->
                wrong(
                    name, value.get(), "a whole number from " + least + " to " + most + ", as 30"));
  }

  /** The whole number that something says, empty when it says none. */
  static Optional<Integer> whole(JsonElement value) {
    if (!(value instanceof JsonPrimitive one) || one.isBoolean()) {
      return Optional.empty();
    }
    String text = one.getAsString().strip();
    if (text.length() > 32) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text).intValueExact());
    } catch (ArithmeticException | NumberFormatException notWhole) {
      return Optional.empty();
    }
  }

  boolean flag(String name, boolean unset) throws Refused {
    Optional<JsonElement> value = value(name);
    if (value.isEmpty()) {
      return unset;
    }
    return switch (value.get().toString()) {
      case "true", "\"true\"" -> true;
      case "false", "\"false\"" -> false;
      default -> throw wrong(name, value.get(), "true or false");
    };
  }

  /** A map of texts; numbers and booleans are taken as they are spelled. */
  SortedMap<String, String> texts(String name) throws Refused {
    SortedMap<String, String> texts = new TreeMap<>();
    Optional<JsonElement> value = value(name);
    if (value.isEmpty()) {
      return texts;
    }
    if (!(value.get() instanceof JsonObject map)) {
      throw wrong(name, value.get(), "a map of texts");
    }
    for (String key : map.keySet()) {
      if (!(map.get(key) instanceof JsonPrimitive one)) {
        throw wrong(name, value.get(), "a map of texts");
      }
      texts.put(key, one.getAsString());
    }
    return Collections.unmodifiableSortedMap(texts);
  }

  // Names the argument and never shows its value: it may hold a credential.
  private static Refused wrong(String name, JsonElement value, String wanted) {
    return new Refused(name + " is " + shape(value) + "; write " + wanted);
  }

  private static String shape(JsonElement value) {
    if (value.isJsonArray()) {
      return "a list";
    }
    if (value.isJsonObject()) {
      return "a map";
    }
    JsonPrimitive one = value.getAsJsonPrimitive();
    return one.isString() ? "another text" : one.isBoolean() ? "a boolean" : "another number";
  }
}
