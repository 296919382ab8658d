// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import java.util.regex.Pattern;

/**
 * Text that others wrote, inside a sentence of ours. It may be long, empty or made to look like a
 * line of our own, and the fields that our sentences go to have limits.
 */
public final class ForeignText {

  /** Longest piece of foreign text in a sentence. */
  public static final int MAX_LENGTH = 128;

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private ForeignText() {}

  /** The text on one line, every invisible character shown as {@code ?}, cut if it is long. */
  public static String line(String text) {
    return cut(visible(cut(text, MAX_LENGTH)), MAX_LENGTH);
  }

  /** All of the text on one line, every invisible character shown as {@code ?}. */
  public static String visible(String text) {
    return INVISIBLE.matcher(text).replaceAll("?");
  }

  /**
   * The text as it is, cut with an ellipsis if it is longer.
   *
   * @param max longest result in UTF-16 units, at least 1
   */
  public static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = max - 1;
    // Half a character of two units is no valid text on the wire.
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end) + "…";
  }
}
