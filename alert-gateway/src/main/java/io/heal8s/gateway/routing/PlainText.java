// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

/** Makes foreign text fit for a field of ours. */
final class PlainText {

  private PlainText() {}

  /**
   * The text without control characters and halves of surrogate pairs, which UTF-8 cannot carry.
   *
   * @param longest at most that many characters are kept
   */
  static String of(String text, int longest) {
    if (isPlain(text) && text.length() <= longest) {
      return text;
    }
    StringBuilder plain = new StringBuilder(Math.min(text.length(), longest));
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      int length = Character.charCount(c);
      if (plain.length() + length > longest) {
        break;
      }
      if (!Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE) {
        plain.appendCodePoint(c);
      }
      i += length;
    }
    return plain.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || (c >= 0x7f && c < 0xa0) || Character.isSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
