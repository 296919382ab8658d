// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.util.ArrayList;
import java.util.List;

/**
 * Path to a field of a Kubernetes object, e.g. {@code
 * spec.template.spec.containers[name=api].resources.limits.memory}. Keys with other characters than
 * letters, digits, {@code -} and {@code _} are quoted: {@code metadata.annotations["heal8s.io/x"]}.
 *
 * @param segments at least one
 */
public record FieldPath(List<Segment> segments) {

  /** One step of a path. */
  public sealed interface Segment permits Key, Index, Match {}

  /** Step into a map. */
  public record Key(String name) implements Segment {}

  /**
   * Step into a list by position.
   *
   * @param position from 0
   */
  public record Index(int position) implements Segment {}

  /** Step into a list of maps by the value of a key. */
  public record Match(String key, String value) implements Segment {}

  public FieldPath {
    segments = List.copyOf(segments);
    if (segments.isEmpty()) {
      throw new IllegalArgumentException("a field path needs at least one key");
    }
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when the text is not a path; the message says where
   */
  public static FieldPath parse(String text) {
    List<Segment> segments = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '[') {
        int close = closingBracket(text, at);
        segments.add(bracket(text, text.substring(at + 1, close)));
        at = close + 1;
      } else {
        int start = text.charAt(at) == '.' && at > 0 ? at + 1 : at;
        int end = start;
        while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
          end++;
        }
        if (end == start) {
          throw new IllegalArgumentException("empty key at offset " + start + " of '" + text + "'");
        }
        segments.add(new Key(text.substring(start, end)));
        at = end;
      }
    }
    return new FieldPath(segments);
  }

  private static int closingBracket(String text, int open) {
    boolean quoted = false;
    for (int i = open + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' && text.charAt(i - 1) != '\\') {
        quoted = !quoted;
      } else if (c == ']' && !quoted) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "no ']' for the '[' at offset " + open + " of '" + text + "'");
  }

  private static Segment bracket(String text, String inside) {
    if (inside.startsWith("\"") && inside.endsWith("\"") && inside.length() > 1) {
      return new Key(unquote(inside));
    }
    int equals = inside.indexOf('=');
    if (equals > 0) {
      String value = inside.substring(equals + 1);
      return new Match(
          inside.substring(0, equals), value.startsWith("\"") ? unquote(value) : value);
    }
    try {
      int position = Integer.parseInt(inside);
      if (position >= 0) {
        return new Index(position);
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message below: the text is no index either.
    }
    throw new IllegalArgumentException(
        "'[" + inside + "]' in '" + text + "' is neither an index, a key=value nor a quoted key");
  }

  private static String unquote(String quoted) {
    return quoted.substring(1, quoted.length() - 1).replace("\\\"", "\"");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Segment segment : segments) {
      switch (segment) {
        case Key(String name) -> {
          if (name.chars().allMatch(FieldPath::plain) && !name.isEmpty()) {
            text.append(text.isEmpty() ? "" : ".").append(name);
          } else {
            text.append("[\"").append(name.replace("\"", "\\\"")).append("\"]");
          }
        }
        case Index(int position) -> text.append('[').append(position).append(']');
        case Match(String key, String value) -> {
          boolean quote = value.indexOf(']') >= 0 || value.startsWith("\"");
          String shown = quote ? '"' + value.replace("\"", "\\\"") + '"' : value;
          text.append('[').append(key).append('=').append(shown).append(']');
        }
      }
    }
    return text.toString();
  }

  private static boolean plain(int c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '/' || c == '$';
  }
}
