// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file as text. Valid UTF-8 and Java text map onto each other one to one, so an edit of the text
 * that leaves a character alone leaves its bytes alone.
 */
final class Source {

  private final String text;
  private final int[] lineStarts;
  private final int[] supplementary;

  private Source(String text) {
    this.text = text;
    this.lineStarts = lineStarts(text);
    this.supplementary = supplementary(text);
  }

  static Source of(String text) {
    return new Source(text);
  }

  static Source decode(byte[] bytes) {
    if (bytes.length > 1 && isUtf16Mark(bytes[0], bytes[1])) {
      throw new RefusedException(
          Refusal.UNREADABLE, 1, "the file is UTF-16; save it as UTF-8 to have it edited");
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      String readable = out.flip().toString();
      throw new RefusedException(
          Refusal.UNREADABLE,
          lineStarts(readable).length,
          "the file is not UTF-8 (byte " + in.position() + "); save it as UTF-8");
    }
    return new Source(out.flip().toString());
  }

  private static boolean isUtf16Mark(byte first, byte second) {
    return (first == (byte) 0xFE && second == (byte) 0xFF)
        || (first == (byte) 0xFF && second == (byte) 0xFE);
  }

  String text() {
    return text;
  }

  /** Offset in the text of a parser mark, which counts code points. */
  int offset(int codePoint) {
    if (supplementary.length == 0) {
      return codePoint;
    }
    int found = Arrays.binarySearch(supplementary, codePoint);
    return codePoint + (found >= 0 ? found + 1 : -found - 1);
  }

  /** Line of an offset, from 1. */
  int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return Math.max(1, found >= 0 ? found + 1 : -found - 1);
  }

  int lineStart(int offset) {
    return lineStarts[line(offset) - 1];
  }

  /** Offset of the line break that ends this offset's line, or of the end of the file. */
  int lineEnd(int offset) {
    int end = offset;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /** Offset of the line after this offset's line, or of the end of the file. */
  int nextLine(int offset) {
    int line = line(offset);
    return line < lineStarts.length ? lineStarts[line] : text.length();
  }

  int column(int offset) {
    return offset - lineStart(offset);
  }

  /** Blanks that the offset's line starts with. */
  String indentation(int offset) {
    int start = lineStart(offset);
    int end = start;
    while (end < text.length() && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return text.substring(start, end);
  }

  /** Whether only blanks stand before the offset on its line. */
  boolean startsLine(int offset) {
    return text.substring(lineStart(offset), offset).isBlank();
  }

  /** The line break in use around the offset: of its own line, else of the line before. */
  String lineBreak(int offset) {
    int end = lineEnd(offset);
    if (end == text.length()) {
      int start = lineStart(offset);
      if (start == 0) {
        return "\n";
      }
      end =
          text.charAt(start - 1) == '\n' && start > 1 && text.charAt(start - 2) == '\r'
              ? start - 2
              : start - 1;
    }
    return text.startsWith("\r\n", end) ? "\r\n" : String.valueOf(text.charAt(end));
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[Math.max(16, text.length() / 24)];
    // A byte order mark takes no column.
    starts[0] = text.startsWith("\uFEFF") ? 1 : 0;
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'))) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  /**
   * For the n-th character outside the basic plane: the index of the code point that follows it.
   */
  private static int[] supplementary(String text) {
    int[] found = new int[0];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))) {
        if (count == found.length) {
          found = Arrays.copyOf(found, Math.max(16, count * 2));
        }
        // A code point index after it is one less than the char index for each pair seen so far.
        found[count] = i - count + 1;
        count++;
        i++;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
