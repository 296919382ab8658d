// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How large a pattern of RE2's syntax is once it is compiled, found out without compiling it: a
 * counted repetition stands for as many copies of what it repeats, and copies of copies multiply. A
 * few dozen characters may so ask for more than any memory holds. What RE2 would refuse has a size
 * as well; the size is never too small. Used by one thread, once.
 */
final class PatternSize {

  /** More than anybody writes by hand; a larger one is not measured further. */
  static final int LARGEST = 10_000;

  private final String pattern;
  // Sizes of the groups that are open, the innermost last, each without the part that came last.
  private final Deque<Long> open = new ArrayDeque<>();
  private int at;
  private long before;
  private long last;

  private PatternSize(String pattern) {
    this.pattern = pattern;
  }

  /** Number of its steps, at least 1; more than {@link #LARGEST} for any that is too large. */
  static long of(String pattern) {
    return new PatternSize(pattern).measure();
  }

  private long measure() {
    while (at < pattern.length()) {
      switch (pattern.charAt(at)) {
        case '(' -> begin();
        case ')' -> end();
        case '[' -> part(classEnd());
        case '\\' -> escape();
        case '{' -> braces();
        default -> part(at + 1);
      }
    }
    while (!open.isEmpty()) {
      end();
    }
    return Math.max(1, capped(before + last));
  }

  private static long capped(long size) {
    return Math.min(size, LARGEST + 1L);
  }

  // Up to there is the next part, of which a repetition may follow.
  private void part(int end) {
    before = capped(before + last);
    last = end - at;
    at = end;
  }

  // Mere flags are nothing that could be repeated: what follows repeats what is before them.
  private void begin() {
    int flags = flagsEnd();
    if (flags > 0) {
      last = capped(last + flags - at);
      at = flags;
      return;
    }
    open.addLast(capped(before + last));
    before = 1;
    last = 0;
    at++;
  }

  private int flagsEnd() {
    if (!pattern.startsWith("(?", at)) {
      return 0;
    }
    int end = at + 2;
    while (end < pattern.length()
        && (pattern.charAt(end) == '-' || Character.isLetter(pattern.charAt(end)))) {
      end++;
    }
    return end < pattern.length() && pattern.charAt(end) == ')' ? end + 1 : 0;
  }

  private void end() {
    last = capped(before + last + 1);
    before = open.isEmpty() ? 0 : open.removeLast();
    at++;
  }

  // A text in \Q and \E is taken letter by letter; other escapes are one part, with their braces.
  private void escape() {
    if (pattern.startsWith("\\Q", at)) {
      int end = pattern.indexOf("\\E", at + 2);
      int until = end < 0 ? pattern.length() : end;
      at += 2;
      while (at < until) {
        part(at + 1);
      }
      at = end < 0 ? until : until + 2;
      return;
    }
    part(escapeEnd());
  }

  private int escapeEnd() {
    int end = Math.min(pattern.length(), at + 2);
    boolean named = end == at + 2 && "xpP".indexOf(pattern.charAt(at + 1)) >= 0;
    if (named && end < pattern.length() && pattern.charAt(end) == '{') {
      int closed = pattern.indexOf('}', end);
      return closed < 0 ? pattern.length() : closed + 1;
    }
    return end;
  }

  // A bracket that is first, or escaped, does not end the class.
  private int classEnd() {
    int i = at + 1;
    if (i < pattern.length() && pattern.charAt(i) == '^') {
      i++;
    }
    for (boolean first = true; i < pattern.length(); first = false) {
      char c = pattern.charAt(i);
      int named = pattern.startsWith("[:", i) ? pattern.indexOf(":]", i + 2) : -1;
      if (c == ']' && !first) {
        return i + 1;
      }
      i = named >= 0 ? named + 2 : c == '\\' ? i + 2 : i + 1;
    }
    return pattern.length();
  }

  // What RE2 does not take for a count is a text of so many letters.
  private void braces() {
    int end = at + 1;
    long number = 0;
    long most = 1;
    while (end < pattern.length() && isInCount(pattern.charAt(end))) {
      char c = pattern.charAt(end++);
      number = c == ',' ? 0 : capped(number * 10 + (c - '0'));
      most = Math.max(most, number);
    }
    if (end < pattern.length() && pattern.charAt(end) == '}' && end > at + 1) {
      last = capped(Math.max(1, last) * most + (end - at));
      at = end + 1;
    } else {
      part(at + 1);
    }
  }

  private static boolean isInCount(char c) {
    return c == ',' || (c >= '0' && c <= '9');
  }
}
