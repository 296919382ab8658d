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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One walk through an object before and after. What stays is never part of what is told: of a list
 * whose elements have names, or that only grows or shrinks at its end, only the elements that come,
 * go or change. A map that comes or goes is told as a whole, because only so can it be put back as
 * it was; so is a list in which neither can tell the elements apart.
 *
 * <p>The changes have an order: undone from the last to the first, elements of lists find their
 * places again.
 */
final class ObjectComparison {

  /**
   * Fields of Kubernetes' own kinds that hold maps of free keys, for which none and empty are one.
   */
  private static final Set<String> FREE_MAPS =
      Set.of("labels", "annotations", "matchLabels", "nodeSelector", "limits", "requests", "data");

  private final List<Change> changes = new ArrayList<>();

  private ObjectComparison() {}

  static List<Change> changes(LiveObject before, LiveObject after) {
    ObjectComparison comparison = new ObjectComparison();
    comparison.maps(content(before), content(after), List.of());
    return List.copyOf(comparison.changes);
  }

  /** Without what the server keeps by itself, and what is written with every patch. */
  private static JsonObject content(LiveObject object) {
    JsonObject content = object.json().deepCopy();
    content.remove("status");
    if (content.get("metadata") instanceof JsonObject metadata) {
      metadata.remove("resourceVersion");
      metadata.remove("generation");
      metadata.remove("managedFields");
      if (metadata.get("annotations") instanceof JsonObject annotations) {
        annotations.remove(PatchTarget.KEY);
        if (annotations.isEmpty()) {
          metadata.remove("annotations");
        }
      }
    }
    return content;
  }

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
    } else if (before instanceof JsonArray one && after instanceof JsonArray other) {
      lists(one, other, path);
    } else {
      changes.add(change(before, after, path));
    }
  }

  private void lists(JsonArray before, JsonArray after, List<FieldPath.Segment> path) {
    List<String> names = names(before);
    List<String> others = names(after);
    if (!names.isEmpty() && !others.isEmpty()) {
      List<String> stay = names.stream().filter(others::contains).toList();
      if (stay.equals(others.stream().filter(names::contains).toList())) {
        named(before, after, stay, path);
      } else {
        changes.add(change(before, after, path));
      }
    } else if (before.isEmpty() || after.isEmpty()) {
      changes.add(change(before, after, path));
    } else if (before.size() == after.size()) {
      for (int i = 0; i < before.size(); i++) {
        values(before.get(i), after.get(i), and(path, new FieldPath.Index(i)));
      }
    } else {
      atTheEnd(before, after, path);
    }
  }

  private void named(
      JsonArray before, JsonArray after, List<String> stay, List<FieldPath.Segment> path) {
    List<String> names = names(before);
    List<String> others = names(after);
    for (String name : stay) {
      values(
          before.get(names.indexOf(name)),
          after.get(others.indexOf(name)),
          and(path, new FieldPath.Match("name", name)));
    }
    for (int i = names.size() - 1; i >= 0; i--) {
      if (!stay.contains(names.get(i))) {
        String place = text(and(path, new FieldPath.Match("name", names.get(i))));
        changes.add(Change.ofElement(place, before.get(i).toString(), null, i));
      }
    }
    for (int i = 0; i < others.size(); i++) {
      if (!stay.contains(others.get(i))) {
        String place = text(and(path, new FieldPath.Match("name", others.get(i))));
        changes.add(Change.ofElement(place, null, after.get(i).toString(), i));
      }
    }
  }

  /** One of them is longer, and may begin like the other. */
  private void atTheEnd(JsonArray before, JsonArray after, List<FieldPath.Segment> path) {
    int shared = Math.min(before.size(), after.size());
    for (int i = 0; i < shared; i++) {
      if (!before.get(i).equals(after.get(i))) {
        changes.add(change(before, after, path));
        return;
      }
    }
    for (int i = before.size() - 1; i >= shared; i--) {
      String place = text(and(path, new FieldPath.Index(i)));
      changes.add(Change.ofElement(place, before.get(i).toString(), null, i));
    }
    for (int i = shared; i < after.size(); i++) {
      String place = text(and(path, new FieldPath.Index(i)));
      changes.add(Change.ofElement(place, null, after.get(i).toString(), i));
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
  private static List<String> names(JsonArray list) {
    List<String> names = new ArrayList<>();
    for (JsonElement element : list) {
      if (!(element instanceof JsonObject map
          && map.get("name") instanceof JsonPrimitive name
          && !names.contains(name.getAsString()))) {
        return List.of();
      }
      names.add(name.getAsString());
    }
    return names;
  }

  private static Change change(
      @Nullable JsonElement before, @Nullable JsonElement after, List<FieldPath.Segment> path) {
    ValueType type = type(before, after);
    return Change.of(text(path), value(before, type), value(after, type), type);
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

  private static @Nullable String value(@Nullable JsonElement element, ValueType type) {
    if (element == null) {
      return null;
    }
    return type == ValueType.json ? element.toString() : element.getAsString();
  }

  private static String text(List<FieldPath.Segment> path) {
    return new FieldPath(path).toString();
  }

  private static List<FieldPath.Segment> and(
      List<FieldPath.Segment> path, FieldPath.Segment segment) {
    List<FieldPath.Segment> longer = new ArrayList<>(path);
    longer.add(segment);
    return longer;
  }
}
