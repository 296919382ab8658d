// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An RFC 6902 patch, built step by step; immutable. The server executes the steps in order and does
 * none of them if one fails, so tests come before what they guard.
 */
public final class JsonPatch {

  /** The patch without steps. */
  public static final JsonPatch EMPTY = new JsonPatch(List.of());

  private final List<JsonObject> steps;

  private JsonPatch(List<JsonObject> steps) {
    this.steps = List.copyOf(steps);
  }

  /** A patch from steps that were made elsewhere, each an object of RFC 6902. */
  public static JsonPatch of(JsonArray steps) {
    return new JsonPatch(steps.asList().stream().map(JsonElement::getAsJsonObject).toList());
  }

  /** RFC 6901 pointer from plain segments: {@code pointer("metadata", "annotations", "a/b")}. */
  public static String pointer(Object... segments) {
    StringBuilder pointer = new StringBuilder();
    for (Object segment : segments) {
      pointer.append('/').append(segment.toString().replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }

  /** The value at the pointer must be this one; null: there must be none. */
  public JsonPatch test(String pointer, @Nullable Object value) {
    return with("test", pointer, value, true);
  }

  /** Sets or inserts the value at the pointer; its parent must exist. */
  public JsonPatch add(String pointer, Object value) {
    return with("add", pointer, value, true);
  }

  /**
   * Replaces the value at the pointer. The API server does not insist that it exists, whatever the
   * RFC says: test for what was there before.
   */
  public JsonPatch replace(String pointer, Object value) {
    return with("replace", pointer, value, true);
  }

  /** Removes what is at the pointer, which must exist. */
  public JsonPatch remove(String pointer) {
    return with("remove", pointer, null, false);
  }

  /** This patch, and then the other. */
  public JsonPatch then(JsonPatch other) {
    List<JsonObject> all = new ArrayList<>(steps);
    all.addAll(other.steps);
    return new JsonPatch(all);
  }

  /** The tests that a precondition stands for. */
  public static JsonPatch testing(Precondition precondition) {
    JsonPatch patch = EMPTY;
    if (precondition.uid() != null) {
      patch = patch.test("/metadata/uid", precondition.uid());
    }
    if (precondition.resourceVersion() != null) {
      patch = patch.test("/metadata/resourceVersion", precondition.resourceVersion());
    }
    return patch;
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /** The patch as the server reads it. */
  public String toJson() {
    JsonArray array = new JsonArray();
    steps.forEach(array::add);
    return array.toString();
  }

  @Override
  public String toString() {
    return toJson();
  }

  private JsonPatch with(String op, String pointer, @Nullable Object value, boolean hasValue) {
    JsonObject step = new JsonObject();
    step.addProperty("op", op);
    step.addProperty("path", pointer);
    if (hasValue) {
      JsonElement json = value == null ? JsonNull.INSTANCE : WireJson.GSON.toJsonTree(value);
      step.add("value", MinimalObject.pruned(json));
    }
    List<JsonObject> all = new ArrayList<>(steps);
    all.add(step);
    return new JsonPatch(all);
  }
}
