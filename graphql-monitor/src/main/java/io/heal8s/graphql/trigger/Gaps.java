// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.graphql.change.StatePath;
import io.heal8s.graphql.intent.Seen.Gap;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A state without its gaps. What an endpoint could not tell is not known to be null: there the
 * state before goes on counting. An error may have made a parent null as well (GraphQL
 * specification, 6.4.4), so the first null on the way down is the gap. Where an error does not say
 * where it is, or says no more than the part that it is in, every null of that part is a gap.
 *
 * @param state the state with what was known before in its gaps
 * @param unknown where nothing was known before either: paths of steps
 */
record Gaps(JsonObject state, List<List<String>> unknown) {

  private static final int TOLD = 3;

  /**
   * Closes the gaps.
   *
   * @param data not changed
   * @param before the state before, null when it is not known
   */
  static Gaps close(JsonObject data, @Nullable JsonObject before, List<Gap> gaps) {
    if (gaps.isEmpty()) {
      return new Gaps(data, List.of());
    }
    JsonObject whole = data.deepCopy();
    // Many errors may be in one part, which is gone through once.
    Set<List<String>> paths = new LinkedHashSet<>();
    gaps.forEach(gap -> paths.add(gap.path()));
    List<List<String>> unknown = new ArrayList<>();
    for (List<String> path : paths) {
      close(whole, before, path, unknown);
    }
    return new Gaps(whole, List.copyOf(unknown));
  }

  private static void close(
      JsonObject whole,
      @Nullable JsonObject before,
      List<String> path,
      List<List<String>> unknown) {
    JsonElement at = whole;
    JsonElement known = before;
    for (int depth = 0; depth < path.size(); depth++) {
      String step = path.get(depth);
      JsonElement inside = child(at, step);
      known = known == null ? null : child(known, step);
      if (inside == null) {
        return;
      }
      if (inside.isJsonNull()) {
        close(at, step, known, path.subList(0, depth + 1), unknown);
        return;
      }
      at = inside;
    }
    closeBelow(at, known, new ArrayList<>(path), unknown);
  }

  private static void close(
      JsonElement at,
      String step,
      @Nullable JsonElement known,
      List<String> path,
      List<List<String>> unknown) {
    if (known == null) {
      unknown.add(List.copyOf(path));
    }
    replace(at, step, known);
  }

  private static void closeBelow(
      JsonElement at, @Nullable JsonElement known, List<String> path, List<List<String>> unknown) {
    for (String step : steps(at)) {
      JsonElement inside = child(at, step);
      JsonElement knownInside = known == null ? null : child(known, step);
      path.addLast(step);
      if (inside != null && inside.isJsonNull()) {
        close(at, step, knownInside, path, unknown);
      } else if (inside != null) {
        closeBelow(inside, knownInside, path, unknown);
      }
      path.removeLast();
    }
  }

  private static List<String> steps(JsonElement at) {
    return switch (at) {
      case JsonObject object -> List.copyOf(object.keySet());
      case JsonArray array -> IntStream.range(0, array.size()).mapToObj(Integer::toString).toList();
      default -> List.of();
    };
  }

  private static void replace(JsonElement at, String step, @Nullable JsonElement known) {
    switch (at) {
      case JsonObject object when known == null -> object.remove(step);
      case JsonObject object -> object.add(step, known);
      case JsonArray array when known != null -> array.set(position(step), known);
      default -> {}
    }
  }

  private static @Nullable JsonElement child(JsonElement at, String step) {
    return switch (at) {
      case JsonObject object -> object.get(step);
      case JsonArray array -> {
        int position = position(step);
        yield position >= 0 && position < array.size() ? array.get(position) : null;
      }
      default -> null;
    };
  }

  private static int position(String step) {
    return step.matches("[0-9]{1,9}") ? Integer.parseInt(step) : -1;
  }

  /** What is not known below those steps; their own absence is not told. */
  List<List<String>> unknownBelow(List<String> steps) {
    return unknown.stream()
        .filter(gap -> gap.size() > steps.size() && gap.subList(0, steps.size()).equals(steps))
        .map(gap -> List.copyOf(gap.subList(steps.size(), gap.size())))
        .toList();
  }

  /** Whether the value at that path, or a part of it, is not known. */
  boolean hide(StatePath path) {
    return unknown.stream().anyMatch(gap -> meets(gap, path.steps()));
  }

  private static boolean meets(List<String> gap, List<StatePath.Step> steps) {
    for (int i = 0; i < Math.min(gap.size(), steps.size()); i++) {
      String step =
          switch (steps.get(i)) {
            case StatePath.Step.Key(String name) -> name;
            case StatePath.Step.Index(int position) -> Integer.toString(position);
          };
      if (!step.equals(gap.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** What people are told of the gaps: the first ones, with their paths. */
  static String text(List<Gap> gaps) {
    List<String> told =
        gaps.stream()
            .limit(TOLD)
            .map(
                gap ->
                    gap.path().isEmpty()
                        ? gap.message()
                        : String.join(".", gap.path()) + ": " + gap.message())
            .toList();
    String text = String.join("; ", told);
    return gaps.size() > TOLD ? text + " and " + (gaps.size() - TOLD) + " more" : text;
  }
}
