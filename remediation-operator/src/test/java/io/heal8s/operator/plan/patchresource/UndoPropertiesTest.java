// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.operator.act.patch.ChangesState;
import io.heal8s.operator.act.patch.ObjectPatch;
import io.heal8s.operator.act.patch.StrictJsonPatch;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a patch made of an object, its undo makes the object that was there, to the order. */
class UndoPropertiesTest {

  @Property(tries = 1000)
  void theUndoIsWhatWasThere(
      @ForAll("specs") JsonObject before, @ForAll("specs") JsonObject after) {
    LiveObject live = object(before);
    LiveObject patched = object(after);
    List<Change> changes = ObjectComparison.changes(live, patched);
    assertThat(ChangesState.of(changes, patched)).isEqualTo(new ChangesState.AllAfter());
    if (changes.isEmpty()) {
      assertThat(patched).isEqualTo(live);
    } else {
      assertThat(ObjectPatch.undo(changes, patched))
          .isInstanceOfSatisfying(
              ObjectPatch.Ready.class,
              undo ->
                  assertThat(StrictJsonPatch.apply(undo.operations(), patched)).isEqualTo(live));
    }
  }

  /** Somebody else's elements come before and after ours: both stay where they are. */
  @Property(tries = 300)
  void elementsOfOthersStay(@ForAll("named") JsonArray before, @ForAll("named") JsonArray after) {
    JsonObject one = new JsonObject();
    one.add("env", before);
    JsonObject other = new JsonObject();
    other.add("env", after);
    List<Change> changes = ObjectComparison.changes(object(one), object(other));
    if (before.isEmpty()
        || after.isEmpty()
        || changes.isEmpty()
        || changes.stream().anyMatch(change -> change.path().equals("spec.env"))) {
      return;
    }
    JsonObject moved = other.deepCopy();
    moved.getAsJsonArray("env").asList().addFirst(element("first", "theirs"));
    moved.getAsJsonArray("env").add(element("last", "theirs"));
    assertThat(ObjectPatch.undo(changes, object(moved)))
        .isInstanceOfSatisfying(
            ObjectPatch.Ready.class,
            undo -> {
              JsonArray list =
                  StrictJsonPatch.apply(undo.operations(), object(moved))
                      .json()
                      .getAsJsonObject("spec")
                      .getAsJsonArray("env");
              assertThat(list).contains(element("first", "theirs"), element("last", "theirs"));
              assertThat(list).containsAll(before).hasSize(before.size() + 2);
            });
  }

  private static LiveObject object(JsonObject spec) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", "api");
    metadata.addProperty("uid", "u");
    metadata.addProperty("resourceVersion", "7");
    JsonObject json = new JsonObject();
    json.add("metadata", metadata);
    json.add("spec", spec.deepCopy());
    return new LiveObject(json);
  }

  @Provide
  Arbitrary<JsonObject> specs() {
    Arbitrary<JsonElement> scalar =
        Arbitraries.of("x", "y").map(text -> (JsonElement) new JsonPrimitive(text));
    Arbitrary<JsonElement> list =
        scalar
            .list()
            .ofMinSize(1)
            .ofMaxSize(4)
            .map(
                elements -> {
                  JsonArray array = new JsonArray();
                  elements.forEach(array::add);
                  return array;
                });
    Arbitrary<JsonElement> names =
        named().filter(array -> !array.isEmpty()).map(array -> (JsonElement) array);
    return Arbitraries.maps(Arbitraries.of("a", "b", "c"), Arbitraries.oneOf(scalar, list, names))
        .ofMaxSize(3)
        .map(
            fields -> {
              JsonObject map = new JsonObject();
              fields.forEach(map::add);
              return map;
            });
  }

  @Provide
  Arbitrary<JsonArray> named() {
    return Arbitraries.maps(Arbitraries.of("p", "q", "r", "s", "t"), Arbitraries.of("1", "2"))
        .ofMaxSize(5)
        .flatMap(
            values ->
                Arbitraries.shuffle(values.keySet().stream().sorted().toList())
                    .map(
                        order -> {
                          JsonArray array = new JsonArray();
                          order.forEach(
                              name -> array.add(element(name, values.getOrDefault(name, ""))));
                          return array;
                        }));
  }

  private static JsonObject element(String name, String value) {
    JsonObject element = new JsonObject();
    element.addProperty("name", name);
    element.addProperty("value", value);
    return element;
  }
}
