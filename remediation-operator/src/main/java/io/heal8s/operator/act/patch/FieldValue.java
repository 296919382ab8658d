// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act.patch;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.core.decide.QuantityText;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the text of a change and the value of a live field are the same thing. */
final class FieldValue {

  private FieldValue() {}

  /** The text of a value as an element of the field's type, empty when it is no such value. */
  static Optional<JsonElement> element(String text, ValueType type) {
    return switch (type) {
      case string -> Optional.of(new JsonPrimitive(text));
      case integer ->
          text.matches("-?[0-9]{1,18}")
              ? Optional.of(new JsonPrimitive(Long.parseLong(text)))
              : Optional.empty();
      case bool ->
          text.equals("true") || text.equals("false")
              ? Optional.of(new JsonPrimitive(text.equals("true")))
              : Optional.empty();
      case json -> parse(text);
    };
  }

  private static Optional<JsonElement> parse(String text) {
    try {
      return Optional.of(JsonParser.parseString(text));
    } catch (JsonParseException unreadable) {
      return Optional.empty();
    }
  }

  /** Whether a live field holds what the text says; null is "absent" on both sides. */
  static boolean holds(
      @Nullable JsonElement live, @Nullable String text, FieldPath path, ValueType type) {
    if (live == null || text == null) {
      return live == null && text == null;
    }
    if (type == ValueType.json) {
      return parse(text).filter(live::equals).isPresent();
    }
    if (!live.isJsonPrimitive()) {
      return false;
    }
    String found = live.getAsString();
    return switch (type) {
      case bool -> found.equals(text);
      case integer -> sameNumber(found, text);
      case json -> false;
      // The API server writes quantities in its own spelling: 2048Mi is read back as 2Gi.
      case string -> isQuantity(path) ? QuantityText.sameValue(found, text) : found.equals(text);
    };
  }

  private static boolean sameNumber(String one, String other) {
    Optional<BigDecimal> first = QuantityText.parse(one);
    Optional<BigDecimal> second = QuantityText.parse(other);
    return first.isPresent() && second.isPresent() && first.get().compareTo(second.get()) == 0;
  }

  private static boolean isQuantity(FieldPath path) {
    List<FieldPath.Segment> segments = path.segments();
    for (int i = 1; i < segments.size(); i++) {
      boolean resources = segments.get(i - 1).equals(new FieldPath.Key("resources"));
      boolean amounts =
          segments.get(i).equals(new FieldPath.Key("limits"))
              || segments.get(i).equals(new FieldPath.Key("requests"));
      if (resources && amounts) {
        return true;
      }
    }
    return false;
  }
}
