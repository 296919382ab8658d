// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.operator.intent.ReadVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An object as the API server returned it, of any kind. Read only by convention: nobody writes to
 * the tree.
 *
 * @param json the whole object
 */
public record LiveObject(JsonObject json) {

  /** {@code apiVersion}, never empty on objects that the API server returned. */
  public String apiVersion() {
    return text("apiVersion");
  }

  /** {@code kind}. */
  public String kind() {
    return text("kind");
  }

  /** {@code metadata.name}. */
  public String name() {
    return text("metadata.name");
  }

  /** {@code metadata.namespace}, empty for cluster-scoped objects. */
  public String namespace() {
    return text("metadata.namespace");
  }

  /** {@code metadata.uid}. */
  public String uid() {
    return text("metadata.uid");
  }

  /** {@code metadata.resourceVersion}. */
  public String resourceVersion() {
    return text("metadata.resourceVersion");
  }

  /** What a patch of this reading is for. */
  public ReadVersion version() {
    return new ReadVersion(uid(), resourceVersion(), at("metadata.annotations").isPresent());
  }

  /** {@code metadata.generation}, 0 when the kind has none. */
  public long generation() {
    return at("metadata.generation").map(JsonElement::getAsLong).orElse(0L);
  }

  /** The element at a path in {@link FieldPath} text form, empty when absent or null. */
  public Optional<JsonElement> at(String path) {
    return path.indexOf('[') < 0 ? atKeys(path) : at(FieldPath.parse(path));
  }

  // Nearly every path is keys only, and every judgement reads dozens: walked without a FieldPath.
  private Optional<JsonElement> atKeys(String path) {
    JsonElement here = json;
    int start = 0;
    while (start <= path.length()) {
      int dot = path.indexOf('.', start);
      int end = dot < 0 ? path.length() : dot;
      if (end == start) {
        throw new IllegalArgumentException("empty key at offset " + start + " of '" + path + "'");
      }
      here = here instanceof JsonObject map ? map.get(path.substring(start, end)) : null;
      if (here == null || here.isJsonNull()) {
        return Optional.empty();
      }
      start = end + 1;
    }
    return Optional.of(here);
  }

  /** The element at a path, empty when absent or null. */
  public Optional<JsonElement> at(FieldPath path) {
    JsonElement here = json;
    for (FieldPath.Segment segment : path.segments()) {
      Optional<JsonElement> next = step(here, segment);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      here = next.get();
    }
    return Optional.of(here);
  }

  /** The text of the scalar at a path, the empty text when absent. */
  public String text(String path) {
    return at(path).filter(JsonElement::isJsonPrimitive).map(JsonElement::getAsString).orElse("");
  }

  private static Optional<JsonElement> step(JsonElement here, FieldPath.Segment segment) {
    JsonElement next =
        switch (segment) {
          case FieldPath.Key(String name) ->
              here instanceof JsonObject object ? object.get(name) : null;
          case FieldPath.Index(int position) ->
              here instanceof JsonArray array && position < array.size()
                  ? array.get(position)
                  : null;
          case FieldPath.Match(String key, String value) ->
              here instanceof JsonArray array ? match(array, key, value) : null;
        };
    return Optional.ofNullable(next).filter(element -> !element.isJsonNull());
  }

  private static @Nullable JsonElement match(JsonArray array, String key, String value) {
    for (JsonElement element : array) {
      if (element instanceof JsonObject object
          && object.get(key) != null
          && object.get(key).isJsonPrimitive()
          && object.get(key).getAsString().equals(value)) {
        return element;
      }
    }
    return null;
  }
}
