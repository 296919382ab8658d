// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.graphql.change.StatePath;
import io.heal8s.graphql.intent.Seen.Gap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A state without its gaps. What an endpoint could not tell is not known to be null: there the
 * state before goes on counting. An error may have made a parent null as well (GraphQL
 * specification, 6.4.4), so the first null on the way down is the gap. Where an error does not say
 * where it is, or says no more than the part that it is in, every null of that part is a gap; where
 * these are very many, nothing of the part is known.
 *
 * @param state the state with what was known before in its gaps
 * @param unknown where nothing was known before either: paths of steps; an empty one is everything
 */
record Gaps(JsonObject state, List<List<String>> unknown) {

  private static final int TOLD = 3;

  /** Every trigger looks at each of them. */
  static final int MOST_IN_PART = 1000;

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
      List<List<String>> inPart = new ArrayList<>();
      close(whole, before, path, inPart);
      unknown.addAll(inPart.size() > MOST_IN_PART ? List.of(path) : inPart);
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
    if (known == null && unknown.size() <= MOST_IN_PART) {
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

  /** Each pod's own state by the pod's name, where every pod was asked. */
  Map<String, Gaps> ofPods() {
    Map<String, List<List<String>>> byPod = new LinkedHashMap<>();
    JsonObject pods = Look.podsOf(state);
    pods.keySet().forEach(pod -> byPod.put(pod, new ArrayList<>()));
    for (List<String> gap : unknown) {
      if (gap.size() < 2) {
        byPod.values().forEach(each -> each.add(List.of()));
        continue;
      }
      List<List<String>> unknownOfIt = byPod.get(gap.get(1));
      if (unknownOfIt != null) {
        unknownOfIt.add(List.copyOf(gap.subList(2, gap.size())));
      }
    }
    Map<String, Gaps> gaps = new LinkedHashMap<>();
    byPod.forEach((pod, paths) -> gaps.put(pod, new Gaps(object(pods, pod), paths)));
    return gaps;
  }

  private static JsonObject object(JsonObject pods, String pod) {
    return pods.get(pod) instanceof JsonObject object ? object : new JsonObject();
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
