// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is in a state: keys joined by dots, list positions in brackets, and keys that would
 * be ambiguous in quotes, such as {@code items[0].labels["a.b/c"]}. Quotes are single or double in
 * brackets and double without; inside, backslashes escape as in JSON. Every text is a path: what is
 * none of these forms is part of a key, as it was in the original.
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

  /** Longest key with dots in it that its plain spelling finds, in characters. */
  static final int LONGEST_PLAIN = 512;

  public StatePath {
    steps = List.copyOf(steps);
  }

  /** Reads a path. */
  public static StatePath parse(String text) {
    return new StatePath(text, PathText.steps(text));
  }

  /**
   * The value at this path. A key that itself contains dots is found by its plain spelling where no
   * shorter key stands in the way, which is how changed paths are spelled too.
   *
   * @return null when it is not there; JSON's null is a value
   */
  public @Nullable JsonElement read(JsonElement state) {
    return steps.isEmpty() ? null : read(state, 0, new ArrayList<>());
  }

  /**
   * This path in the keys that a state has, where one that contains dots is one step.
   *
   * @return empty when nothing is there
   */
  public List<Step> stepsIn(JsonElement state) {
    List<Step> taken = new ArrayList<>();
    return steps.isEmpty() || read(state, 0, taken) == null ? List.of() : taken;
  }

  private @Nullable JsonElement read(JsonElement value, int at, List<Step> taken) {
    if (at == steps.size()) {
      return value;
    }
    return switch (steps.get(at)) {
      case Step.Index index -> {
        taken.add(index);
        yield value instanceof JsonArray array && index.position() < array.size()
            ? read(array.get(index.position()), at + 1, taken)
            : null;
      }
      case Step.Key(String name) ->
          value instanceof JsonObject object ? key(object, name, at, taken) : null;
    };
  }

  private @Nullable JsonElement key(JsonObject object, String name, int at, List<Step> taken) {
    StringBuilder joined = new StringBuilder(name);
    for (int next = at + 1; ; next++) {
      JsonElement inside = object.get(joined.toString());
      if (inside != null) {
        taken.add(new Step.Key(joined.toString()));
        return read(inside, next, taken);
      }
      if (next == steps.size()
          || joined.length() > LONGEST_PLAIN
          || !(steps.get(next) instanceof Step.Key(String more))) {
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
