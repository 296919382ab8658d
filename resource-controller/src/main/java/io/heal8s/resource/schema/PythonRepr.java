// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** JSON values as the original's messages show them: {@code 'text'}, {@code True}, {@code None}. */
final class PythonRepr {

  /** Python writes plain digits for exponents from here... */
  private static final int SMALLEST_PLAIN_EXPONENT = -4;

  /** ...up to below here. */
  private static final int FIRST_LARGE_EXPONENT = 16;

  private static final int LAST_OF_ONE_BYTE = 0xff;

  private PythonRepr() {}

  static String of(JsonNode value) {
    if (value.isObject()) {
      return value.properties().stream()
          .map(entry -> of(entry.getKey()) + ": " + of(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value.isArray()) {
      return value.valueStream().map(PythonRepr::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value.isString()) {
      return of(value.stringValue());
    }
    if (value.isBoolean()) {
      return value.booleanValue() ? "True" : "False";
    }
    if (value.isNumber()) {
      return value.isIntegralNumber() ? value.asString() : ofDouble(value.doubleValue());
    }
    return "None";
  }

  /** A text in single quotes, or in double ones where it holds single ones only. */
  static String of(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder out = new StringBuilder().append(quote);
    text.codePoints().forEach(point -> append(out, point, quote));
    return out.append(quote).toString();
  }

  private static void append(StringBuilder out, int point, char quote) {
    switch (point) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\\' -> out.append("\\\\");
      default -> {
        if (point == quote) {
          out.append('\\').appendCodePoint(point);
        } else if (isPrintable(point)) {
          out.appendCodePoint(point);
        } else {
          out.append(String.format(Locale.ROOT, escape(point), point));
        }
      }
    }
  }

  private static String escape(int point) {
    if (point <= LAST_OF_ONE_BYTE) {
      return "\\x%02x";
    }
    return Character.isBmpCodePoint(point) ? "\\u%04x" : "\\U%08x";
  }

  /** What a person could not see, or what would turn the text around it. */
  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }

  private static String ofDouble(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (shortest.signum() == 0
        || exponent >= SMALLEST_PLAIN_EXPONENT && exponent < FIRST_LARGE_EXPONENT) {
      String plain = shortest.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return String.format(
        Locale.ROOT,
        "%s%se%s%02d",
        shortest.signum() < 0 ? "-" : "",
        mantissa,
        exponent < 0 ? "-" : "+",
        Math.abs(exponent));
  }
}
