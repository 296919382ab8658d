// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.naming;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code action.argumentsFrom.sha256} holds: the hex SHA-256 of one element of {@code
 * spec.actions} of a detector's object, trigger included, in a canonical form. Whoever asks and
 * whoever acts take it by this class, so that a changed action is never carried out in the name of
 * the old one.
 *
 * <p>The form is JSON in UTF-8 without spaces: members sorted by name (UTF-16 code units, as RFC
 * 8785), members that are null left out, numbers exact and as {@link BigDecimal} spells them
 * without trailing zeros ({@code 30}, {@code 30.0} and {@code 3e1} are all {@code 3E+1}), texts
 * with the escapes of RFC 8785. So it does not matter whether an object was read as plain JSON or
 * through records, which drop nulls and read every free number as a double.
 */
public final class ActionDigest {

  private ActionDigest() {}

  /**
   * The digest of an action.
   *
   * @param action one element of {@code spec.actions}, as the API server returned it
   * @return 64 lower-case hex digits
   */
  public static String of(JsonElement action) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(sha256.digest(canonical(action).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The canonical form of any JSON. */
  static String canonical(JsonElement json) {
    StringBuilder out = new StringBuilder();
    write(json, out);
    return out.toString();
  }

  private static void write(JsonElement json, StringBuilder out) {
    switch (json) {
      case JsonObject object -> members(object, out);
      case JsonArray array -> elements(array, out);
      case JsonPrimitive one when one.isString() -> text(one.getAsString(), out);
      case JsonPrimitive one when one.isBoolean() -> out.append(one.getAsBoolean());
      case JsonPrimitive one -> out.append(number(one.getAsBigDecimal()));
      case JsonNull _ -> out.append("null");
      default -> throw new IllegalArgumentException("no JSON: " + json.getClass());
    }
  }

  private static void members(JsonObject object, StringBuilder out) {
    Map<String, JsonElement> sorted = new TreeMap<>(object.asMap());
    sorted.values().removeIf(JsonElement::isJsonNull);
    out.append('{');
    Iterator<Map.Entry<String, JsonElement>> entries = sorted.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, JsonElement> entry = entries.next();
      text(entry.getKey(), out);
      out.append(':');
      write(entry.getValue(), out);
      if (entries.hasNext()) {
        out.append(',');
      }
    }
    out.append('}');
  }

  private static void elements(JsonArray array, StringBuilder out) {
    out.append('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      write(array.get(i), out);
    }
    out.append(']');
  }

  private static String number(BigDecimal value) {
    // Zero keeps its scale in some releases of the JDK; 0 and 0.00 must be one.
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
  }

  private static void text(String value, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
