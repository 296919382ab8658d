// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.decide.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * Values of a change in one line, for texts that more people may read than the object itself: of a
 * list or map only how much it holds, because most of that may be no part of the change.
 */
public final class ShownValue {

  private ShownValue() {}

  /** The change in one clause: path, before and after. */
  public static String change(Change change) {
    return change.path()
        + " "
        + of(change.before(), change.typeOrDefault())
        + " → "
        + of(change.after(), change.typeOrDefault());
  }

  /** One value; null is "(not set)". */
  static String of(@Nullable String value, ValueType type) {
    if (value == null) {
      return "(not set)";
    }
    return switch (type) {
      case string, integer, bool -> ForeignText.line(value);
      case json ->
          switch (JsonParser.parseString(value)) {
            case JsonArray list -> count(list.size(), "element");
            case JsonObject map -> count(map.size(), "field");
            case JsonElement single -> ForeignText.line(single.toString());
          };
    };
  }

  private static String count(int number, String what) {
    return "(" + number + " " + what + (number == 1 ? ")" : "s)");
  }
}
