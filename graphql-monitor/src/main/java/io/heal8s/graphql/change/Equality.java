// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When two JSON values are the same, as Python's {@code ==} has it: 1, 1.0 and true are one number,
 * a text is never a number, the order of keys does not count and that of lists does.
 */
public final class Equality {

  private Equality() {}

  /** Whether both are the same value; neither is "not there". */
  public static boolean same(JsonElement one, JsonElement other) {
    return switch (one) {
      case JsonObject object -> other instanceof JsonObject with && sameObjects(object, with);
      case JsonArray array -> other instanceof JsonArray with && sameArrays(array, with);
      case JsonPrimitive primitive ->
          other instanceof JsonPrimitive with && samePrimitives(primitive, with);
      default -> other.isJsonNull();
    };
  }

  /** Whether both are the same value, or both are not there. */
  public static boolean sameOrAbsent(@Nullable JsonElement one, @Nullable JsonElement other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    return same(one, other);
  }

  private static boolean sameObjects(JsonObject one, JsonObject other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (Map.Entry<String, JsonElement> entry : one.entrySet()) {
      JsonElement with = other.get(entry.getKey());
      if (with == null || !same(entry.getValue(), with)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameArrays(JsonArray one, JsonArray other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!same(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean samePrimitives(JsonPrimitive one, JsonPrimitive other) {
    if (one.isString() || other.isString()) {
      return one.isString() && other.isString() && one.getAsString().equals(other.getAsString());
    }
    JsonNumber left = JsonNumber.of(one);
    JsonNumber right = JsonNumber.of(other);
    return left != null && right != null && left.same(right);
  }
}
