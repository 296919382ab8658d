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

  /**
   * Step into a list of maps by the value of a key.
   *
   * @param key letters, digits, {@code -}, {@code _}, {@code /}, {@code $} and {@code .}
   */
  public record Match(String key, String value) implements Segment {

    public Match {
      if (key.isEmpty() || !key.chars().allMatch(c -> plain(c) || c == '.')) {
        throw new IllegalArgumentException("'" + key + "' is no key to find an element by");
      }
    }
  }

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
    return new Reader(text).path();
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
            text.append('[').append(quote(name)).append(']');
          }
        }
        case Index(int position) -> text.append('[').append(position).append(']');
        case Match(String key, String value) -> {
          boolean bare = !value.isEmpty() && value.indexOf(']') < 0 && value.indexOf('"') < 0;
          String shown = bare ? value : quote(value);
          text.append('[').append(key).append('=').append(shown).append(']');
        }
      }
    }
    return text.toString();
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean plain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '/'
        || c == '$';
  }

  /** One reading of a text, from left to right. */
  private static final class Reader {

    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    FieldPath path() {
      List<Segment> segments = new ArrayList<>();
      while (at < text.length()) {
        if (text.charAt(at) == '[') {
          segments.add(bracket());
        } else {
          if (!segments.isEmpty() && !take('.')) {
            throw wrong("expected '.' or '['");
          }
          segments.add(new Key(key()));
        }
      }
      if (segments.isEmpty()) {
        throw wrong("expected a key");
      }
      return new FieldPath(segments);
    }

    private String key() {
      int start = at;
      while (at < text.length() && ".[]\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      if (at == start) {
        throw wrong("expected a key");
      }
      return text.substring(start, at);
    }

    private Segment bracket() {
      int open = at;
      at++;
      Segment segment;
      if (at < text.length() && text.charAt(at) == '"') {
        segment = new Key(quoted());
      } else {
        String first = until("]=");
        segment = take('=') ? new Match(first, value()) : index(first, open);
      }
      if (!take(']')) {
        throw wrong("expected the ']' of the '[' at offset " + open);
      }
      return segment;
    }

    private String value() {
      return at < text.length() && text.charAt(at) == '"' ? quoted() : until("]");
    }

    private Index index(String digits, int open) {
      if (!digits.matches("[0-9]{1,9}")) {
        at = open;
        throw wrong("expected an index, a key=value or a quoted key in brackets");
      }
      return new Index(Integer.parseInt(digits));
    }

    private String until(String ends) {
      int start = at;
      while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    private String quoted() {
      StringBuilder value = new StringBuilder();
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at));
        at++;
      }
      if (!take('"')) {
        throw wrong("expected a closing quote");
      }
      return value.toString();
    }

    private boolean take(char c) {
      boolean there = at < text.length() && text.charAt(at) == c;
      at += there ? 1 : 0;
      return there;
    }

    private IllegalArgumentException wrong(String expected) {
      return new IllegalArgumentException(
          expected + " at offset " + at + " of the path '" + text + "'");
    }
  }
}
