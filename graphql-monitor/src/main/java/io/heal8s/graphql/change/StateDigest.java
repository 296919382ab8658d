// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;

/** SHA-256 of JSON values, by which a value is recognised after a restart. */
public final class StateDigest {

  private StateDigest() {}

  /**
   * Of a state as it was written: 1 and 1.0 differ.
   *
   * @return 64 hex digits, over compact JSON with sorted keys and everything beyond ASCII escaped,
   *     which is what the original hashed
   */
  public static String ofState(JsonElement state) {
    StringBuilder json = new StringBuilder();
    write(json, state, false);
    return sha256(json.toString());
  }

  /**
   * Of a value as {@link Equality} sees it: the same for the same value.
   *
   * @return 64 hex digits
   */
  public static String ofValue(JsonElement value) {
    StringBuilder json = new StringBuilder();
    write(json, value, true);
    return sha256(json.toString());
  }

  /** The compact JSON with sorted keys that {@link #ofState} hashes. */
  public static String canonicalJson(JsonElement state) {
    StringBuilder json = new StringBuilder();
    write(json, state, false);
    return json.toString();
  }

  /** Of a text in UTF-8, 64 hex digits. */
  public static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void write(StringBuilder out, JsonElement value, boolean byValue) {
    switch (value) {
      case JsonObject object -> {
        out.append('{');
        String separator = "";
        for (String key : new TreeSet<>(object.keySet())) {
          out.append(separator);
          string(out, key);
          out.append(':');
          write(out, object.get(key), byValue);
          separator = ",";
        }
        out.append('}');
      }
      case JsonArray array -> {
        out.append('[');
        String separator = "";
        for (JsonElement element : array) {
          out.append(separator);
          write(out, element, byValue);
          separator = ",";
        }
        out.append(']');
      }
      case JsonPrimitive primitive -> primitive(out, primitive, byValue);
      default -> out.append("null");
    }
  }

  private static void primitive(StringBuilder out, JsonPrimitive value, boolean byValue) {
    if (value.isString()) {
      string(out, value.getAsString());
    } else if (value.isBoolean()) {
      out.append(byValue ? (value.getAsBoolean() ? "1" : "0") : value.getAsString());
    } else if (JsonNumber.isWhole(value)) {
      out.append(new BigInteger(value.getAsString()));
    } else {
      out.append(real(Double.parseDouble(value.getAsString()), byValue));
    }
  }

  private static String real(double number, boolean byValue) {
    if (!Double.isFinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (byValue && number == Math.rint(number)) {
      return new BigDecimal(number).toBigInteger().toString();
    }
    return PythonText.real(number);
  }

  private static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < ' ' || c > '~') {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
