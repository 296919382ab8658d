// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.regex.Matcher;

/**
 * Regular expressions that take time linear in the text, whatever they are. What needs backtracking
 * (look-around, back references) is no expression here and is refused with the schema.
 */
final class LinearExpressions implements RegularExpressionFactory {

  private static final java.util.regex.Pattern ESCAPE =
      java.util.regex.Pattern.compile(
          "\\\\(?:u([0-9A-Fa-f]{4})|.)", java.util.regex.Pattern.DOTALL);

  @Override
  public RegularExpression getRegularExpression(String regex) {
    Pattern pattern = Pattern.compile(translated(regex));
    return text -> pattern.matcher(text).find();
  }

  static boolean isValid(String regex) {
    try {
      Pattern.compile(translated(regex));
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }

  /** The escape {@code u} with four digits is called {@code x} here. */
  private static String translated(String regex) {
    StringBuilder out = new StringBuilder();
    Matcher escape = ESCAPE.matcher(regex);
    while (escape.find()) {
      String code = escape.group(1);
      escape.appendReplacement(
          out, Matcher.quoteReplacement(code == null ? escape.group() : "\\x{" + code + "}"));
    }
    return escape.appendTail(out).toString();
  }
}
