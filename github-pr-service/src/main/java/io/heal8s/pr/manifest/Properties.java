// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import org.jspecify.annotations.Nullable;

/** Anchors and tags as they stand in front of a node's content. */
final class Properties {

  private Properties() {}

  /** Offset of the content after anchor, tag, blanks and comments; at most {@code end}. */
  static int contentStart(String text, int start, int end) {
    int at = start;
    while (at < end) {
      char c = text.charAt(at);
      if (c == '&' || c == '!') {
        at = tokenEnd(text, at, end);
      } else if (c == '#') {
        while (at < end && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return at;
      }
    }
    return end;
  }

  /** Offset after the last anchor or tag of a node; 0 when it has none. */
  static int end(String text, Node node) {
    int at = node.start;
    int last = 0;
    while (at < node.contentStart) {
      char c = text.charAt(at);
      if (c == '&' || c == '!') {
        at = tokenEnd(text, at, node.contentStart);
        last = at;
      } else if (c == '#') {
        while (at < node.contentStart && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else {
        at++;
      }
    }
    return last;
  }

  /** The tag as it is written, e.g. {@code !!str}; null when there is none. */
  static @Nullable String writtenTag(String text, Node node) {
    int at = find(text, node, '!');
    return at < 0 ? null : text.substring(at, tokenEnd(text, at, node.contentStart));
  }

  /** Removes the anchor and one blank after it. */
  static Splice withoutAnchor(String text, Node node) {
    int at = find(text, node, '&');
    int end = tokenEnd(text, at, Math.max(node.contentStart, node.end()));
    boolean blankAfter = end < text.length() && text.charAt(end) == ' ';
    if (blankAfter) {
      return Splice.delete(at, end + 1);
    }
    boolean blankBefore = at > 0 && text.charAt(at - 1) == ' ';
    return Splice.delete(blankBefore ? at - 1 : at, end);
  }

  /** Removes the tag and the blanks after it. */
  static Splice withoutTag(String text, Node node) {
    int at = find(text, node, '!');
    int end = tokenEnd(text, at, node.contentStart);
    while (end < node.contentStart && (text.charAt(end) == ' ' || text.charAt(end) == '\t')) {
      end++;
    }
    return Splice.delete(at, end);
  }

  private static int find(String text, Node node, char sign) {
    int at = node.start;
    while (at < node.contentStart) {
      char c = text.charAt(at);
      if (c == sign) {
        return at;
      }
      if (c == '&' || c == '!') {
        at = tokenEnd(text, at, node.contentStart);
      } else if (c == '#') {
        while (at < node.contentStart && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else {
        at++;
      }
    }
    return -1;
  }

  private static int tokenEnd(String text, int at, int end) {
    if (text.startsWith("!<", at)) {
      int close = text.indexOf('>', at);
      return close < 0 || close >= end ? end : close + 1;
    }
    int next = at + 1;
    while (next < end && " \t\r\n,[]{}".indexOf(text.charAt(next)) < 0) {
      next++;
    }
    return next;
  }
}
