// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import io.heal8s.graphql.change.StatePath.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a path from left to right, in time that grows with its length only: an endpoint
 * may have keys of 50,000 characters, and they are parts of the paths of what it changed. Not
 * shared.
 */
final class PathText {

  private static final int MOST_DIGITS = 9;

  private final String text;
  private int at;

  private PathText(String text) {
    this.text = text;
  }

  /** What was read, and where it ends. */
  private record Taken(Step step, int end) {}

  static List<Step> steps(String text) {
    return text.isEmpty() ? List.of() : new PathText(text).read();
  }

  private List<Step> read() {
    List<Step> steps = new ArrayList<>();
    boolean more = true;
    while (more) {
      Taken taken = step();
      steps.add(taken.step());
      at = taken.end();
      more = at < text.length();
      if (more && text.charAt(at) == '.') {
        at++;
      }
    }
    return steps;
  }

  private Taken step() {
    Taken taken = startsWith(at, '[') ? bracket(at) : startsWith(at, '"') ? quoted(at) : null;
    if (taken != null && isEnd(taken.end())) {
      return taken;
    }
    // Whatever else it is, it is a key up to the next dot or bracket of ours.
    int end = at;
    while (end < text.length() && text.charAt(end) != '.' && !isBracket(end)) {
      end++;
    }
    return new Taken(new Step.Key(text.substring(at, end)), end);
  }

  private boolean isBracket(int from) {
    Taken taken = startsWith(from, '[') ? bracket(from) : null;
    return taken != null && isEnd(taken.end());
  }

  private @Nullable Taken bracket(int from) {
    boolean isKey = startsWith(from + 1, '"') || startsWith(from + 1, '\'');
    Taken inside = isKey ? quoted(from + 1) : position(from + 1);
    return inside != null && startsWith(inside.end(), ']')
        ? new Taken(inside.step(), inside.end() + 1)
        : null;
  }

  private @Nullable Taken position(int from) {
    int end = from;
    int position = 0;
    while (end < text.length() && end - from < MOST_DIGITS && isDigit(text.charAt(end))) {
      position = position * 10 + (text.charAt(end) - '0');
      end++;
    }
    return end == from ? null : new Taken(new Step.Index(position), end);
  }

  private @Nullable Taken quoted(int from) {
    char quote = text.charAt(from);
    StringBuilder key = new StringBuilder();
    for (int i = from + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote) {
        return new Taken(new Step.Key(key.toString()), i + 1);
      }
      if (c != '\\') {
        key.append(c);
        continue;
      }
      i++;
      int escaped = escaped(i);
      if (escaped < 0) {
        return null;
      }
      key.append((char) escaped);
      i += startsWith(i, 'u') ? 4 : 0;
    }
    return null;
  }

  /** The character that an escape stands for, as JSON has them; negative for none. */
  private int escaped(int from) {
    return switch (from < text.length() ? text.charAt(from) : ' ') {
      case '"' -> '"';
      case '\'' -> '\'';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> hex(from + 1);
      default -> -1;
    };
  }

  private int hex(int from) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private boolean startsWith(int position, char c) {
    return position < text.length() && text.charAt(position) == c;
  }

  private boolean isEnd(int position) {
    return position == text.length() || startsWith(position, '.') || startsWith(position, '[');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
