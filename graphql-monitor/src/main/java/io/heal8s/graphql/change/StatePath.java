// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is in a state: keys joined by dots, list positions in brackets, and keys that would
 * be ambiguous as JSON strings in brackets, such as {@code items[0].labels["a.b/c"]}. Every text is
 * a path: what is no bracket of these two forms is part of a key, as it was in the original.
 *
 * @param text as it was written
 * @param steps from the top; empty for the empty text, which leads nowhere
 */
public record StatePath(String text, List<Step> steps) {

  /** One step down. */
  public sealed interface Step {

    /** Into an object. */
    record Key(String name) implements Step {}

    /** Into a list. */
    record Index(int position) implements Step {}
  }

  // A position, or a JSON string; what follows is the next step or the end.
  private static final Pattern BRACKET =
      Pattern.compile(
          "\\[(?:([0-9]{1,9})|(\"(?:[^\"\\\\]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*\"))](?=[.\\[]|$)");

  public StatePath {
    steps = List.copyOf(steps);
  }

  /** Reads a path. */
  public static StatePath parse(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher bracket = BRACKET.matcher(text);
    int at = 0;
    boolean more = !text.isEmpty();
    while (more) {
      if (bracket.region(at, text.length()).lookingAt()) {
        steps.add(inside(bracket));
        at = bracket.end();
      } else {
        int end = endOfKey(text, at, bracket);
        steps.add(new Step.Key(text.substring(at, end)));
        at = end;
      }
      more = at < text.length();
      if (more && text.charAt(at) == '.') {
        at++;
      }
    }
    return new StatePath(text, steps);
  }

  private static Step inside(Matcher bracket) {
    String position = bracket.group(1);
    return position != null
        ? new Step.Index(Integer.parseInt(position))
        : new Step.Key(JsonParser.parseString(bracket.group(2)).getAsString());
  }

  // A key ends at a dot or where a bracket of ours begins.
  private static int endOfKey(String text, int from, Matcher bracket) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' || (c == '[' && bracket.region(i, text.length()).lookingAt())) {
        return i;
      }
    }
    return text.length();
  }

  /**
   * The value at this path. A key that itself contains dots is found by its plain spelling where no
   * shorter key stands in the way, which is how changed paths are spelled too.
   *
   * @return null when it is not there; JSON's null is a value
   */
  public @Nullable JsonElement read(JsonElement state) {
    return steps.isEmpty() ? null : read(state, 0);
  }

  private @Nullable JsonElement read(JsonElement value, int at) {
    if (at == steps.size()) {
      return value;
    }
    return switch (steps.get(at)) {
      case Step.Index(int position) ->
          value instanceof JsonArray array && position < array.size()
              ? read(array.get(position), at + 1)
              : null;
      case Step.Key(String name) ->
          value instanceof JsonObject object ? key(object, name, at) : null;
    };
  }

  private @Nullable JsonElement key(JsonObject object, String name, int at) {
    StringBuilder joined = new StringBuilder(name);
    for (int next = at + 1; ; next++) {
      JsonElement inside = object.get(joined.toString());
      if (inside != null) {
        return read(inside, next);
      }
      if (next == steps.size() || !(steps.get(next) instanceof Step.Key(String more))) {
        return null;
      }
      joined.append('.').append(more);
    }
  }

  /**
   * The path of a key below another path.
   *
   * @param parent spelled path, empty for the top
   * @param ambiguous whether the plain spelling would mean something else
   */
  static String child(String parent, String key, boolean ambiguous) {
    if (ambiguous) {
      return parent + "[" + new JsonPrimitive(key) + "]";
    }
    return parent.isEmpty() ? key : parent + "." + key;
  }
}
