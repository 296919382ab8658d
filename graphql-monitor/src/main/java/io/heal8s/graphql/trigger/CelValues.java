// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.cel.common.values.NullValue;
import io.heal8s.graphql.change.FreeValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The states of one look as CEL has them, each made once however many expressions ask about it, and
 * the work of these expressions: one bound holds for all of them together, as an application may
 * have many triggers and many pods. Used by one thread.
 */
final class CelValues {

  private final Map<JsonObject, Object> known = new IdentityHashMap<>();

  private long worked;

  /** Work of the evaluations up to now, in units of {@link WhenWork}. */
  long worked() {
    return worked;
  }

  /** One more evaluation has ended, with so much work of all of them together. */
  void worked(long done) {
    worked = done;
  }

  Object of(JsonObject state) {
    return known.computeIfAbsent(state, CelValues::value);
  }

  private static Object value(JsonElement json) {
    return switch (json) {
      case JsonObject object -> {
        Map<String, Object> map = new LinkedHashMap<>();
        object.entrySet().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
        yield map;
      }
      case JsonArray array -> {
        List<Object> list = new ArrayList<>(array.size());
        array.forEach(element -> list.add(value(element)));
        yield list;
      }
      case JsonPrimitive primitive -> Objects.requireNonNull(FreeValue.plain(primitive));
      default -> NullValue.NULL_VALUE;
    };
  }
}
