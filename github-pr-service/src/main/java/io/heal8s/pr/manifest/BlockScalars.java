// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

/** Places inside block scalars ({@code |} and {@code >}), whose content spans whole lines. */
final class BlockScalars {

  private BlockScalars() {}

  /**
   * Offset of the line break that ends the last content line. Trailing blank lines belong to the
   * content only where the header says so ({@code +}).
   */
  static int contentEnd(String text, int header, int scanned) {
    int end = Math.min(scanned, text.length());
    if (keeps(text, header)) {
      return beforeLineBreak(text, header, end);
    }
    int last = end;
    while (last > header && Character.isWhitespace(text.charAt(last - 1))) {
      last--;
    }
    while (last < end && text.charAt(last) != '\n' && text.charAt(last) != '\r') {
      last++;
    }
    return last;
  }

  private static int beforeLineBreak(String text, int header, int end) {
    int at = end;
    if (at > header && text.charAt(at - 1) == '\n') {
      at--;
    }
    if (at > header && text.charAt(at - 1) == '\r') {
      at--;
    }
    return at;
  }

  /** Offset after the header's indicators, before its comment. */
  static int headerEnd(String text, int header) {
    int at = header;
    while (at < text.length() && "|>+-0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at;
  }

  static boolean keeps(String text, int header) {
    return text.substring(header, headerEnd(text, header)).indexOf('+') >= 0;
  }

  static boolean strips(String text, int header) {
    return text.substring(header, headerEnd(text, header)).indexOf('-') >= 0;
  }
}
