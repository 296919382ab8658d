// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.operator.target.LiveObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a patch comes to, seen by comparing an object with what the API server says that it would
 * be. Single values are told one by one; a map or a list that comes, goes, or changes its order is
 * told as a whole, because only so can it be put back as it was.
 */
sealed interface PatchOutcome {

  /** The object would be what it is. */
  record Nothing() implements PatchOutcome {}

  /**
   * These values change, and nothing else.
   *
   * @param changes at least one
   */
  record Exact(List<Change> changes) implements PatchOutcome {

    public Exact {
      changes = List.copyOf(changes);
    }
  }

  /**
   * More changes than a status can hold.
   *
   * @param why clause for people
   */
  record TooMuch(String why) implements PatchOutcome {}

  /** Bounds of the CRD for one list of changes. */
  int MOST_CHANGES = 64;

  /** Longest path, as the CRD has it. */
  int MOST_PATH = 1024;

  /** All values together, in UTF-16 units: the status holds them twice, beside everything else. */
  int MOST_TEXT = 65_536;

  /**
   * Fields of Kubernetes' own kinds that hold maps of free keys, for which none and empty are one.
   */
  Set<String> FREE_MAPS =
      Set.of("labels", "annotations", "matchLabels", "nodeSelector", "limits", "requests", "data");

  /** Compares. */
  static PatchOutcome of(LiveObject live, LiveObject patched) {
    Comparison comparison = new Comparison();
    comparison.maps(content(live), content(patched), List.of());
    List<Change> changes = comparison.changes;
    if (changes.isEmpty()) {
      return new Nothing();
    }
    if (changes.size() > MOST_CHANGES) {
      return new TooMuch("it changes more than " + MOST_CHANGES + " values, too many to keep");
    }
    int text = 0;
    for (Change change : changes) {
      if (change.path().length() > MOST_PATH) {
        return new TooMuch("the path of a changed value is too long to be kept");
      }
      text += length(change.before()) + length(change.after());
    }
    return text > MOST_TEXT
        ? new TooMuch("the values that it changes are too long to be kept")
        : new Exact(changes);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** Without what the server keeps by itself, and what a patch cannot change. */
  private static JsonObject content(LiveObject object) {
    JsonObject content = object.json().deepCopy();
    content.remove("status");
    if (content.get("metadata") instanceof JsonObject metadata) {
      metadata.remove("resourceVersion");
      metadata.remove("generation");
      metadata.remove("managedFields");
    }
    return content;
  }

  /** One walk through both objects. */
  final class Comparison {

    private final List<Change> changes = new ArrayList<>();

    private void maps(JsonObject before, JsonObject after, List<FieldPath.Segment> path) {
      Set<String> keys = new TreeSet<>(before.keySet());
      keys.addAll(after.keySet());
      for (String key : keys) {
        values(before.get(key), after.get(key), and(path, new FieldPath.Key(key)));
      }
    }

    private void values(
        @Nullable JsonElement before, @Nullable JsonElement after, List<FieldPath.Segment> path) {
      if (before == null ? after == null : before.equals(after)) {
        return;
      }
      if (before instanceof JsonObject one && after instanceof JsonObject other) {
        maps(one, other, path);
      } else if (before == null && free(path, after) instanceof JsonObject came) {
        maps(new JsonObject(), came, path);
      } else if (after == null && free(path, before) instanceof JsonObject gone) {
        maps(gone, new JsonObject(), path);
      } else if (before instanceof JsonArray one
          && after instanceof JsonArray other
          && !names(one).isEmpty()
          && List.copyOf(names(one)).equals(List.copyOf(names(other)))) {
        int index = 0;
        for (String name : names(one)) {
          maps(
              one.get(index).getAsJsonObject(),
              other.get(index).getAsJsonObject(),
              and(path, new FieldPath.Match("name", name)));
          index++;
        }
      } else {
        changes.add(change(before, after, path));
      }
    }

    /**
     * Maps with keys of people's choice: others add their own keys to one that just came, so it is
     * told key by key, and an empty one is as good as none. Of anything else an empty map may be
     * another thing than none, or one that the API server refuses.
     */
    private static @Nullable JsonObject free(
        List<FieldPath.Segment> path, @Nullable JsonElement element) {
      return path.getLast() instanceof FieldPath.Key(String name)
              && FREE_MAPS.contains(name)
              && element instanceof JsonObject map
              && !map.isEmpty()
              && map.asMap().values().stream().allMatch(JsonElement::isJsonPrimitive)
          ? map
          : null;
    }

    /** The names of a list's elements in their order; empty where they do not tell them apart. */
    private static Set<String> names(JsonArray list) {
      Set<String> names = new LinkedHashSet<>();
      for (JsonElement element : list) {
        if (!(element instanceof JsonObject map
            && map.get("name") instanceof JsonPrimitive name
            && names.add(name.getAsString()))) {
          return Set.of();
        }
      }
      return names;
    }

    private static Change change(
        @Nullable JsonElement before, @Nullable JsonElement after, List<FieldPath.Segment> path) {
      ValueType type = type(before, after);
      return Change.of(new FieldPath(path).toString(), text(before, type), text(after, type), type);
    }

    private static ValueType type(@Nullable JsonElement before, @Nullable JsonElement after) {
      ValueType one = before == null ? null : type(before);
      ValueType other = after == null ? null : type(after);
      if (one == null || other == null || one == other) {
        return one != null ? one : other != null ? other : ValueType.json;
      }
      return ValueType.json;
    }

    private static ValueType type(JsonElement element) {
      if (!(element instanceof JsonPrimitive value)) {
        return ValueType.json;
      }
      if (value.isString()) {
        return ValueType.string;
      }
      if (value.isBoolean()) {
        return ValueType.bool;
      }
      return value.getAsString().matches("-?[0-9]{1,18}") ? ValueType.integer : ValueType.json;
    }

    private static @Nullable String text(@Nullable JsonElement element, ValueType type) {
      if (element == null) {
        return null;
      }
      return type == ValueType.json ? element.toString() : element.getAsString();
    }

    private static List<FieldPath.Segment> and(
        List<FieldPath.Segment> path, FieldPath.Segment segment) {
      List<FieldPath.Segment> longer = new ArrayList<>(path);
      longer.add(segment);
      return longer;
    }
  }
}
