// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The body of a request, read field by field. What is wrong is collected, so that a client sees all
 * of it at once; {@link #check} ends the reading. Unknown fields are ignored.
 */
final class Body {

  private final JsonNode fields;
  private final List<Object> place;
  private final Problems problems;

  private Body(JsonNode fields, List<Object> place, Problems problems) {
    this.fields = fields;
    this.place = place;
    this.problems = problems;
  }

  /** Reads an object. */
  static Body of(JsonNode json) {
    return at(json, List.of("body"), new Problems());
  }

  static Body at(JsonNode json, List<Object> place, Problems problems) {
    if (!json.isObject()) {
      problems.add(
          "model_attributes_type",
          place,
          "Input should be a valid dictionary or object to extract fields from",
          json);
      problems.throwIfAny();
    }
    return new Body(json, place, problems);
  }

  boolean has(String name) {
    return !fields.path(name).isMissingNode() && !fields.path(name).isNull();
  }

  /** Whether the field is there, be it null. */
  boolean mentions(String name) {
    return fields.has(name);
  }

  /** Says of a list that it is missing, if it is. */
  void requiredList(String name) {
    if (!fields.has(name)) {
      missing(name);
    } else if (fields.path(name).isNull()) {
      notAList(name);
    }
  }

  String string(String name) {
    if (!fields.has(name)) {
      missing(name);
      return "";
    }
    return Optional.ofNullable(text(name, fields.path(name))).orElse("");
  }

  String string(String name, String fallback) {
    return fields.has(name) ? string(name) : fallback;
  }

  @Nullable String optionalString(String name) {
    return has(name) ? text(name, fields.path(name)) : null;
  }

  private @Nullable String text(String name, JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    problems.add("string_type", at(name), "Input should be a valid string", value);
    return null;
  }

  JsonNode object(String name) {
    if (!fields.has(name)) {
      missing(name);
    } else if (!fields.path(name).isObject()) {
      notAnObject(name);
    } else {
      return fields.path(name);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  @Nullable JsonNode optionalObject(String name) {
    if (!has(name)) {
      return null;
    }
    if (!fields.path(name).isObject()) {
      notAnObject(name);
    }
    return fields.path(name);
  }

  JsonNode objectOrEmpty(String name) {
    return Optional.ofNullable(optionalObject(name))
        .orElseGet(() -> JsonNodeFactory.instance.objectNode());
  }

  boolean bool(String name, boolean fallback) {
    if (!fields.has(name)) {
      return fallback;
    }
    if (!fields.path(name).isBoolean()) {
      problems.add("bool_type", at(name), "Input should be a valid boolean", fields.path(name));
      return fallback;
    }
    return fields.path(name).booleanValue();
  }

  int integer(String name, int fallback, int least, int most) {
    if (!fields.has(name)) {
      return fallback;
    }
    JsonNode value = fields.path(name);
    if (!value.isIntegralNumber()) {
      problems.add("int_type", at(name), "Input should be a valid integer", value);
      return fallback;
    }
    bounds(value, at(name), least, most);
    return value.canConvertToInt() ? value.intValue() : fallback;
  }

  private void bounds(JsonNode value, List<Object> where, int least, int most) {
    if (value.longValue(Long.MAX_VALUE) < least) {
      problems.add(
          "greater_than_equal",
          where,
          "Input should be greater than or equal to " + least,
          value,
          Map.of("ge", least));
    } else if (value.longValue(Long.MAX_VALUE) > most) {
      problems.add(
          "less_than_equal",
          where,
          "Input should be less than or equal to " + most,
          value,
          Map.of("le", most));
    }
  }

  @Nullable Long optionalId(String name) {
    if (!has(name)) {
      return null;
    }
    JsonNode value = fields.path(name);
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      problems.add("int_type", at(name), "Input should be a valid integer", value);
      return null;
    }
    return value.longValue();
  }

  /** A list, be it empty. */
  JsonNode list(String name) {
    JsonNode value = fields.path(name);
    if (!has(name) || value.isArray()) {
      return value;
    }
    notAList(name);
    return JsonNodeFactory.instance.arrayNode();
  }

  List<String> strings(String name) {
    List<String> texts = new ArrayList<>();
    JsonNode value = list(name);
    for (int i = 0; i < value.size(); i++) {
      if (value.path(i).isString()) {
        texts.add(value.path(i).stringValue());
      } else {
        List<Object> where = new ArrayList<>(at(name));
        where.add(i);
        problems.add("string_type", where, "Input should be a valid string", value.path(i));
      }
    }
    return texts;
  }

  /** One of some words; null only after a problem, or when the field may be absent and is. */
  <T> @Nullable T choice(
      String name, boolean required, Set<String> words, Function<String, T> meaning) {
    String word = required ? string(name) : optionalString(name);
    if (word == null || required && !fields.path(name).isString()) {
      return null;
    }
    if (!words.contains(word)) {
      badChoice(at(name), words, fields.path(name));
      return null;
    }
    return meaning.apply(word);
  }

  void badChoice(List<Object> where, Set<String> words, JsonNode input) {
    List<String> quoted = words.stream().sorted().map(word -> "'" + word + "'").toList();
    String expected =
        quoted.size() == 1
            ? quoted.getFirst()
            : String.join(", ", quoted.subList(0, quoted.size() - 1)) + " or " + quoted.getLast();
    problems.add(
        "literal_error", where, "Input should be " + expected, input, Map.of("expected", expected));
  }

  /** Says that a field breaks a rule of ours. */
  void broken(String name, String message) {
    problems.valueError(at(name), message, fields.path(name));
  }

  /** Length of a text, in characters. */
  void length(String name, String value, int least, int most) {
    if (!fields.path(name).isString()) {
      return;
    }
    if (value.length() < least) {
      problems.add(
          "string_too_short",
          at(name),
          "String should have at least %d character%s".formatted(least, least == 1 ? "" : "s"),
          fields.path(name),
          Map.of("min_length", least));
    } else if (value.length() > most) {
      problems.add(
          "string_too_long",
          at(name),
          "String should have at most %d characters".formatted(most),
          fields.path(name),
          Map.of("max_length", most));
    }
  }

  JsonNode raw() {
    return fields;
  }

  JsonNode raw(String name) {
    return fields.path(name);
  }

  List<Object> at(String name) {
    List<Object> where = new ArrayList<>(place);
    where.add(name);
    return where;
  }

  Problems problems() {
    return problems;
  }

  void check() {
    problems.throwIfAny();
  }

  private void missing(String name) {
    problems.add("missing", at(name), "Field required", fields);
  }

  private void notAList(String name) {
    problems.add("list_type", at(name), "Input should be a valid list", fields.path(name));
  }

  private void notAnObject(String name) {
    problems.add("dict_type", at(name), "Input should be a valid dictionary", fields.path(name));
  }
}
