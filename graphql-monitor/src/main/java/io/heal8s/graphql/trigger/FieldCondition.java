// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.kco.targetapp.Trigger;
import io.heal8s.graphql.change.Equality;
import io.heal8s.graphql.change.JsonNumber;
import io.heal8s.graphql.change.PythonText;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The seven conditions. Values compare as in Python, whose rules the original's users know. A field
 * that is not there, and a null, is no number and no text: only {@code equals} null, {@code exists}
 * and {@code not_exists} speak of it.
 */
final class FieldCondition {

  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  /** Longest text that is read as a number: as many digits as a number of JSON may have. */
  private static final int LONGEST_NUMBER = 1_000;

  private static final JsonNumber ZERO = JsonNumber.of(BigInteger.ZERO);

  private FieldCondition() {}

  /**
   * Whether the condition holds.
   *
   * @param current the field's value, null when it is not there
   * @param value what the trigger compares with
   */
  static boolean holds(
      Trigger.Condition condition, @Nullable JsonElement current, JsonElement value) {
    return (current == null || current.isJsonNull())
        ? holdsOfNothing(condition, current != null, value)
        : holdsOfValue(condition, current, value);
  }

  private static boolean holdsOfNothing(
      Trigger.Condition condition, boolean isThere, JsonElement value) {
    return switch (condition) {
      case equals -> value.isJsonNull();
      case not_equals -> isThere && !value.isJsonNull();
      case not_exists -> true;
      case greater_than, less_than, contains, exists -> false;
    };
  }

  private static boolean holdsOfValue(
      Trigger.Condition condition, JsonElement current, JsonElement value) {
    return switch (condition) {
      case equals -> Equality.same(current, value);
      case not_equals -> !Equality.same(current, value);
      case greater_than -> isMore(number(current), numberOrZero(value));
      case less_than -> isMore(numberOrZero(value), number(current));
      case contains -> !value.isJsonNull() && PythonText.of(current).contains(PythonText.of(value));
      case exists -> true;
      case not_exists -> false;
    };
  }

  private static boolean isMore(@Nullable JsonNumber one, @Nullable JsonNumber other) {
    return one != null && other != null && one.moreThan(other);
  }

  private static @Nullable JsonNumber numberOrZero(JsonElement value) {
    return value.isJsonNull() ? ZERO : number(value);
  }

  // What Python takes as empty counts as 0.
  private static @Nullable JsonNumber number(JsonElement value) {
    return switch (value) {
      case JsonArray array -> array.isEmpty() ? ZERO : null;
      case JsonObject object -> object.isEmpty() ? ZERO : null;
      case JsonPrimitive primitive when primitive.isString() -> ofText(primitive.getAsString());
      default -> JsonNumber.of(value);
    };
  }

  private static @Nullable JsonNumber ofText(String text) {
    if (text.isEmpty()) {
      return ZERO;
    }
    String number = text.strip();
    if (number.length() > LONGEST_NUMBER) {
      return null;
    }
    if (WHOLE.matcher(number).matches()) {
      return JsonNumber.of(new BigInteger(number.startsWith("+") ? number.substring(1) : number));
    }
    if (DECIMAL.matcher(number).matches()) {
      return JsonNumber.of(Double.parseDouble(number));
    }
    return switch (number.toLowerCase(Locale.ROOT)) {
      case "inf", "+inf", "infinity", "+infinity" -> JsonNumber.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> JsonNumber.of(Double.NEGATIVE_INFINITY);
      default -> null;
    };
  }
}
