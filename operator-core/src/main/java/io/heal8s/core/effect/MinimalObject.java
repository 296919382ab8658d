// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns an object into the JSON that an applier may send: nothing null, and in every {@code
 * metadata} no empty list or map. The client's model of metadata starts with empty lists; sent as
 * they are, {@code finalizers: []} and {@code ownerReferences: []} would wipe other people's.
 */
final class MinimalObject {

  private MinimalObject() {}

  /**
   * The body of a server-side apply.
   *
   * @param type the kind
   * @param key the object
   * @param precondition what must hold
   * @param content fields to own beside apiVersion, kind and metadata, for example {@code status}
   */
  static JsonObject of(
      ResourceType<?> type, ObjectKey key, Precondition precondition, Map<String, ?> content) {
    JsonObject object = new JsonObject();
    object.addProperty("apiVersion", type.apiVersion());
    object.addProperty("kind", type.kind());
    content.forEach((field, value) -> object.add(field, WireJson.GSON.toJsonTree(value)));
    JsonObject metadata =
        object.get("metadata") instanceof JsonObject given ? given : new JsonObject();
    metadata.addProperty("name", key.name());
    if (!key.namespace().isEmpty()) {
      metadata.addProperty("namespace", key.namespace());
    }
    addIfPresent(metadata, "uid", precondition.uid());
    addIfPresent(metadata, "resourceVersion", precondition.resourceVersion());
    object.add("metadata", metadata);
    return (JsonObject) pruned(object);
  }

  /** The same JSON without nulls and without empty lists and maps in any metadata. */
  static JsonElement pruned(JsonElement element) {
    return switch (element) {
      case JsonObject object -> {
        JsonObject less = new JsonObject();
        object.asMap().forEach((field, value) -> prune(less, field, value));
        yield less;
      }
      case JsonArray array -> {
        JsonArray less = new JsonArray();
        array.forEach(value -> less.add(pruned(value)));
        yield less;
      }
      default -> element;
    };
  }

  private static void prune(JsonObject into, String field, JsonElement value) {
    if (value.isJsonNull()) {
      return;
    }
    JsonElement less = pruned(value);
    if (field.equals("metadata") && less instanceof JsonObject metadata) {
      metadata.asMap().values().removeIf(MinimalObject::isEmpty);
    }
    into.add(field, less);
  }

  private static boolean isEmpty(JsonElement element) {
    return (element instanceof JsonArray array && array.isEmpty())
        || (element instanceof JsonObject object && object.isEmpty());
  }

  private static void addIfPresent(JsonObject metadata, String field, @Nullable String value) {
    if (value != null) {
      metadata.addProperty(field, value);
    }
  }
}
