// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.fakecluster;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.operator.intent.ObjectPatchRequest;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What patches come to, as far as the tests need it: maps are merged, JSON patches write fields of
 * maps. What lists become is seen on a real API server.
 */
public final class FakePatch {

  private FakePatch() {}

  /** The object after the patch; empty where a step of it leads nowhere. */
  public static Optional<LiveObject> apply(LiveObject object, ObjectPatchRequest patch) {
    JsonObject copy = object.json().deepCopy();
    boolean fits =
        switch (patch.kind()) {
          case Merge, Strategic -> merge(copy, patch.data().getAsJsonObject());
          case Json -> steps(copy, patch.data().getAsJsonArray());
        };
    return fits ? Optional.of(new LiveObject(copy)) : Optional.empty();
  }

  private static boolean merge(JsonObject into, JsonObject patch) {
    for (Map.Entry<String, JsonElement> entry : patch.entrySet()) {
      String key = entry.getKey();
      if (entry.getValue().isJsonNull()) {
        into.remove(key);
      } else if (entry.getValue() instanceof JsonObject deeper) {
        if (!(into.get(key) instanceof JsonObject)) {
          into.add(key, new JsonObject());
        }
        merge(into.getAsJsonObject(key), deeper);
      } else {
        into.add(key, entry.getValue());
      }
    }
    return true;
  }

  private static boolean steps(JsonObject into, JsonArray patch) {
    for (JsonElement element : patch) {
      JsonObject step = element.getAsJsonObject();
      List<String> path =
          Stream.of(step.get("path").getAsString().substring(1).split("/", -1))
              .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
              .toList();
      JsonElement parent = into;
      for (String segment : path.subList(0, path.size() - 1)) {
        parent = parent instanceof JsonObject map ? map.get(segment) : null;
      }
      if (!(parent instanceof JsonObject map)) {
        return false;
      }
      switch (step.get("op").getAsString()) {
        case "add", "replace" -> map.add(path.getLast(), step.get("value"));
        case "remove" -> map.remove(path.getLast());
        default -> throw new IllegalArgumentException(step.toString());
      }
    }
    return true;
  }
}
