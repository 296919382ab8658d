// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * An object of the API as JSON. Changing it gives another one.
 *
 * @param json never changed
 */
record Doc(JsonObject json) {
  static Doc yaml(String text) {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
    // A null is what takes a field away in a merge patch.
    Gson gson = new GsonBuilder().serializeNulls().create();
    return new Doc(gson.toJsonTree(loaded).getAsJsonObject());
  }

  static JsonObject map(String... keysAndValues) {
    JsonObject map = new JsonObject();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.addProperty(keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  /**
   * The same with a field set; maps on the way are made.
   *
   * @param path keys joined by dots
   * @param value text, or any JSON
   */
  Doc with(String path, Object value) {
    JsonObject copy = json.deepCopy();
    String[] keys = path.split("\\.", -1);
    JsonObject at = copy;
    for (int i = 0; i < keys.length - 1; i++) {
      if (!(at.get(keys[i]) instanceof JsonObject)) {
        at.add(keys[i], new JsonObject());
      }
      at = at.getAsJsonObject(keys[i]);
    }
    at.add(
        keys[keys.length - 1],
        value instanceof JsonElement e ? e : new JsonPrimitive((String) value));
    return new Doc(copy);
  }

  Doc without(String path) {
    JsonObject copy = json.deepCopy();
    String[] keys = path.split("\\.", -1);
    JsonObject at = copy;
    for (int i = 0; i < keys.length - 1; i++) {
      at = at.getAsJsonObject(keys[i]);
    }
    at.remove(keys[keys.length - 1]);
    return new Doc(copy);
  }

  @Nullable JsonElement at(String path) {
    JsonElement at = json;
    for (String key : path.split("\\.", -1)) {
      if (!(at instanceof JsonObject map) || !map.has(key)) {
        return null;
      }
      at = map.get(key);
    }
    return at;
  }

  String text(String path) {
    return Objects.requireNonNull(at(path), path).getAsString();
  }

  String name() {
    return text("metadata.name");
  }

  String namespace() {
    return text("metadata.namespace");
  }
}
