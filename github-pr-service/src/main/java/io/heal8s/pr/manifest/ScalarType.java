// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a scalar is read as. Kubernetes tools read YAML 1.1 with parts of 1.2, so a plain scalar is
 * only called a text when no version reads it as anything else.
 */
enum ScalarType {
  NULL,
  BOOLEAN,
  INTEGER,
  NUMBER,
  STRING,
  /** Read differently by YAML 1.1 and 1.2, or by a tag of its own, e.g. {@code on}, {@code 010}. */
  AMBIGUOUS;

  private static final Pattern INTEGERS = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");
  private static final Pattern NUMBERS =
      Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");

  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9].*");

  /** Octal, hexadecimal, binary, base 60, digit groups, dates, infinity (YAML 1.1 types). */
  private static final Pattern OLD_FORMS =
      Pattern.compile(
          "[-+]?0[0-9_]+|[-+]?0[bB][01_]+|[-+]?0[xX][0-9a-fA-F_]+|[-+]?0[oO][0-7_]+"
              + "|[-+]?[0-9][0-9_]*(?:\\.[0-9_]*)?(?:[eE][-+]?[0-9_]+)?|[-+]?\\.[0-9_]+(?:[eE][-+]?[0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(?::[0-9]{1,2})+(?:\\.[0-9_]*)?"
              + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \\t].*)?");

  static ScalarType of(@Nullable String tag, boolean plain, String value) {
    if (tag == null) {
      return plain ? ofPlain(value) : STRING;
    }
    return switch (tag) {
      case "tag:yaml.org,2002:str", "!" -> STRING;
      case "tag:yaml.org,2002:int" -> INTEGER;
      case "tag:yaml.org,2002:float" -> NUMBER;
      case "tag:yaml.org,2002:bool" -> BOOLEAN;
      case "tag:yaml.org,2002:null" -> NULL;
      default -> AMBIGUOUS;
    };
  }

  /** The type of a scalar that stands without quotes and tag. */
  static ScalarType ofPlain(String value) {
    return switch (value) {
      case "", "~", "null", "Null", "NULL" -> NULL;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> BOOLEAN;
      case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> AMBIGUOUS;
      case "n", "N", "no", "No", "NO", "off", "Off", "OFF" -> AMBIGUOUS;
      case "<<", "=" -> AMBIGUOUS;
      default -> ofOther(value);
    };
  }

  private static ScalarType ofOther(String value) {
    char first = value.charAt(0);
    if ((first < '0' || first > '9') && first != '.' && first != '-' && first != '+') {
      return STRING;
    }
    if (INTEGERS.matcher(value).matches()) {
      return INTEGER;
    }
    if (!LEADING_ZERO.matcher(value).matches() && NUMBERS.matcher(value).matches()) {
      return NUMBER;
    }
    return OLD_FORMS.matcher(value).matches() ? AMBIGUOUS : STRING;
  }
}
