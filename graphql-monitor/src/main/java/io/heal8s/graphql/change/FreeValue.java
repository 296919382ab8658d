// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Free values of custom resources, maps and lists of plain values, as JSON and back. */
public final class FreeValue {

  private FreeValue() {}

  /**
   * A free value as JSON.
   *
   * @param value Map, List, String, Boolean, Number, JSON itself, or null for JSON's null
   */
  public static JsonElement json(@Nullable Object value) {
    return switch (value) {
      case null -> JsonNull.INSTANCE;
      case JsonElement json -> json;
      case Map<?, ?> map -> {
        JsonObject object = new JsonObject();
        map.forEach((key, inside) -> object.add(String.valueOf(key), json(inside)));
        yield object;
      }
      case List<?> list -> {
        JsonArray array = new JsonArray();
        list.forEach(element -> array.add(json(element)));
        yield array;
      }
      case Boolean bool -> new JsonPrimitive(bool);
      case Number number -> new JsonPrimitive(number);
      default -> new JsonPrimitive(value.toString());
    };
  }

  /** JSON as a free value: a whole number is a Long where it fits, any other a Double. */
  public static @Nullable Object plain(JsonElement json) {
    return switch (json) {
      case JsonObject object -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        object.entrySet().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
        yield map;
      }
      case JsonArray array -> {
        List<@Nullable Object> list = new ArrayList<>(array.size());
        array.forEach(element -> list.add(plain(element)));
        yield list;
      }
      case JsonPrimitive primitive when primitive.isString() -> primitive.getAsString();
      case JsonPrimitive primitive when primitive.isBoolean() -> primitive.getAsBoolean();
      case JsonPrimitive primitive -> number(primitive);
      default -> null;
    };
  }

  private static Object number(JsonPrimitive number) {
    if (JsonNumber.isWhole(number)) {
      try {
        return Long.parseLong(number.getAsString());
      } catch (NumberFormatException beyond) {
        return Double.parseDouble(number.getAsString());
      }
    }
    return Double.parseDouble(number.getAsString());
  }
}
