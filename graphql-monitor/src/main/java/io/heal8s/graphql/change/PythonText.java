// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Map;

/**
 * JSON values as Python writes them ({@code str} and {@code repr}): the texts that events show and
 * that {@code contains} looks into, such as {@code True}, {@code None} and {@code ['e1']}.
 */
public final class PythonText {

  private PythonText() {}

  /** The text of a value; a text is itself, without quotes. */
  public static String of(JsonElement value) {
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    StringBuilder text = new StringBuilder();
    write(text, value);
    return text.toString();
  }

  private static void write(StringBuilder out, JsonElement value) {
    switch (value) {
      case JsonObject object -> {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
          out.append(separator);
          quote(out, entry.getKey());
          out.append(": ");
          write(out, entry.getValue());
          separator = ", ";
        }
        out.append('}');
      }
      case JsonArray array -> {
        out.append('[');
        String separator = "";
        for (JsonElement element : array) {
          out.append(separator);
          write(out, element);
          separator = ", ";
        }
        out.append(']');
      }
      case JsonPrimitive primitive -> writePrimitive(out, primitive);
      default -> out.append("None");
    }
  }

  private static void writePrimitive(StringBuilder out, JsonPrimitive value) {
    if (value.isString()) {
      quote(out, value.getAsString());
    } else if (value.isBoolean()) {
      out.append(value.getAsBoolean() ? "True" : "False");
    } else if (JsonNumber.isWhole(value)) {
      out.append(new BigInteger(value.getAsString()));
    } else {
      out.append(real(Double.parseDouble(value.getAsString())));
    }
  }

  /** A double with the fewest digits that give it back, the way Python lays them out. */
  static String real(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal shortest = shortest(number);
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String power = (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "");
    return (shortest.signum() < 0 ? "-" : "") + mantissa + "e" + power + Math.abs(exponent);
  }

  // Java always writes two digits, also where one gives the number back: 4.9E-324.
  private static BigDecimal shortest(double number) {
    BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    BigDecimal one = digits.round(new MathContext(1));
    return one.doubleValue() == number ? one.stripTrailingZeros() : digits;
  }

  private static void quote(StringBuilder out, String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    out.append(quote);
    text.codePoints().forEach(c -> character(out, c, quote));
    out.append(quote);
  }

  private static void character(StringBuilder out, int c, char quote) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\\' -> out.append("\\\\");
      default -> {
        if (c == quote) {
          out.append('\\').append(quote);
        } else if (isPrintable(c)) {
          out.appendCodePoint(c);
        } else {
          String form = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
          out.append(form.formatted(c));
        }
      }
    }
  }

  private static boolean isPrintable(int c) {
    return c == ' '
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
