// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act.patch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.operator.target.LiveObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON Patch in the making. All tests come before the first write, but for elements that come
 * into or go out of lists: those come last, each with its tests, because they move the others.
 * Writes are played on a copy of the object as well, so that a parent is created once and an
 * element is written where it then is.
 */
final class PatchBuilder {

  private final LiveObject live;
  private final JsonObject copy;
  private final Set<JsonObject> tests = new LinkedHashSet<>();
  private final List<JsonObject> writes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private boolean moving;

  PatchBuilder(LiveObject live) {
    this.live = live;
    this.copy = live.json().deepCopy();
    test("/metadata/resourceVersion", new JsonPrimitive(live.resourceVersion()));
    test("/metadata/uid", new JsonPrimitive(live.uid()));
  }

  PatchBuilder changes(List<Change> changes) {
    changes.stream().filter(change -> !ofElement(change)).forEach(this::change);
    moving = true;
    changes.stream().filter(PatchBuilder::ofElement).forEach(this::change);
    return this;
  }

  private static boolean ofElement(Change change) {
    return !(FieldPath.parse(change.path()).segments().getLast() instanceof FieldPath.Key);
  }

  ObjectPatch build() {
    if (!problems.isEmpty()) {
      return new ObjectPatch.Differs(problems);
    }
    JsonArray operations = new JsonArray();
    tests.forEach(operations::add);
    writes.forEach(operations::add);
    return new ObjectPatch.Ready(operations);
  }

  private void change(Change change) {
    FieldPath path = FieldPath.parse(change.path());
    @Nullable JsonElement found = live.at(path).orElse(null);
    if (FieldValue.holds(found, change.after(), path, change.typeOrDefault())) {
      return;
    }
    @Nullable JsonElement wanted = null;
    if (change.after() != null) {
      Optional<JsonElement> element = FieldValue.element(change.after(), change.typeOrDefault());
      if (element.isEmpty()) {
        problems.add(
            change.path() + " would be '" + change.after() + "', no " + change.typeOrDefault());
        return;
      }
      wanted = element.get();
    }
    walk(change, path.segments(), found, wanted);
  }

  private void walk(
      Change change,
      List<FieldPath.Segment> segments,
      @Nullable JsonElement found,
      @Nullable JsonElement wanted) {
    String text = change.path();
    JsonElement here = copy;
    StringBuilder pointer = new StringBuilder();
    for (FieldPath.Segment segment : segments.subList(0, segments.size() - 1)) {
      Optional<JsonElement> next = step(here, segment, pointer);
      if (next.isEmpty()) {
        problems.add(text + " has no place in the object: " + pointer + " is not there");
        return;
      }
      here = next.get();
    }
    if (!(segments.getLast() instanceof FieldPath.Key(String key))) {
      element(change, segments.getLast(), here, pointer.toString(), found, wanted);
      return;
    }
    if (!(here instanceof JsonObject parent)) {
      problems.add(text + " is no field of a map");
      return;
    }
    String field = pointer + "/" + escape(key);
    if (found != null) {
      test(field, found);
    }
    if (wanted == null) {
      writes.add(operation("remove", field));
      parent.remove(key);
    } else {
      writes.add(operation(found == null ? "add" : "replace", field, wanted));
      parent.add(key, wanted);
    }
  }

  private void element(
      Change change,
      FieldPath.Segment last,
      JsonElement here,
      String pointer,
      @Nullable JsonElement found,
      @Nullable JsonElement wanted) {
    if (!(here instanceof JsonArray list)) {
      problems.add(change.path() + " is no element of a list");
      return;
    }
    if (found == null) {
      if (wanted != null) {
        Integer position = change.position();
        int place = position == null ? list.size() : Math.min(position, list.size());
        writes.add(operation("add", pointer + "/" + place, wanted));
        list.asList().add(place, wanted);
      }
      return;
    }
    int place = last instanceof FieldPath.Index(int at) ? at : list.asList().indexOf(found);
    if (place < 0 || place >= list.size() || !list.get(place).equals(found)) {
      problems.add(change.path() + " was changed by another change");
      return;
    }
    String element = pointer + "/" + place;
    test(element, found);
    if (wanted == null) {
      writes.add(operation("remove", element));
      list.remove(place);
    } else {
      writes.add(operation("replace", element, wanted));
      list.set(place, wanted);
    }
  }

  /** One step down; a missing map is created, a missing element of a list is not. */
  private Optional<JsonElement> step(
      JsonElement here, FieldPath.Segment segment, StringBuilder pointer) {
    switch (segment) {
      case FieldPath.Key(String name) -> {
        pointer.append('/').append(escape(name));
        if (!(here instanceof JsonObject map)) {
          return Optional.empty();
        }
        JsonElement next = map.get(name);
        if (next == null || next.isJsonNull()) {
          next = new JsonObject();
          map.add(name, next);
          writes.add(operation("add", pointer.toString(), new JsonObject()));
        }
        return Optional.of(next);
      }
      case FieldPath.Index(int position) -> {
        pointer.append('/').append(position);
        return here instanceof JsonArray list && position < list.size()
            ? Optional.of(list.get(position))
            : Optional.empty();
      }
      case FieldPath.Match(String key, String value) -> {
        return match(here, key, value, pointer);
      }
    }
  }

  private Optional<JsonElement> match(
      JsonElement here, String key, String value, StringBuilder pointer) {
    if (here instanceof JsonArray list) {
      for (int i = 0; i < list.size(); i++) {
        if (list.get(i) instanceof JsonObject element
            && element.get(key) instanceof JsonPrimitive found
            && found.getAsString().equals(value)) {
          pointer.append('/').append(i);
          test(pointer + "/" + escape(key), found);
          return Optional.of(element);
        }
      }
    }
    pointer.append('[').append(key).append('=').append(value).append(']');
    return Optional.empty();
  }

  private void test(String pointer, JsonElement value) {
    JsonObject test = operation("test", pointer, value.deepCopy());
    if (moving) {
      writes.add(test);
    } else {
      tests.add(test);
    }
  }

  private static JsonObject operation(String op, String pointer) {
    JsonObject operation = new JsonObject();
    operation.addProperty("op", op);
    operation.addProperty("path", pointer);
    return operation;
  }

  private static JsonObject operation(String op, String pointer, JsonElement value) {
    JsonObject operation = operation(op, pointer);
    operation.add("value", value);
    return operation;
  }

  /** RFC 6901: the order matters, a tilde that we write must not be escaped again. */
  private static String escape(String key) {
    return key.replace("~", "~0").replace("/", "~1");
  }
}
