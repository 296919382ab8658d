// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

/** Makes an object with every field of a record set, as a service would write it. */
final class FullObject {
  /** Fields whose text has a form of its own. */
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("ttl", "1d12h"),
          Map.entry("window", "10m"),
          Map.entry("healthyFor", "1m30s"),
          Map.entry("cooldown", "10m"),
          Map.entry("for", "90s"),
          Map.entry("applyTimeout", "1h"),
          Map.entry("rollbackWithin", "24h"),
          Map.entry("retryAfter", "1h"),
          Map.entry("refusalTtl", "30d"),
          Map.entry("trace", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
          Map.entry("actionSha256", "0".repeat(64)),
          Map.entry("sha256", "0".repeat(64)),
          Map.entry("kind", "TargetApp"),
          Map.entry("forge", "git"),
          Map.entry("reason", "Because"),
          Map.entry("path", "apps/x.yaml"));

  private FullObject() {}

  static JsonObject of(Class<?> recordType) {
    JsonObject object = new JsonObject();
    for (RecordComponent component : recordType.getRecordComponents()) {
      String name = WireName.of(component);
      object.add(name, value(name, component.getGenericType()));
    }
    return object;
  }

  private static JsonElement value(String name, Type type) {
    return switch (type) {
      case ParameterizedType list when list.getRawType() == List.class -> {
        JsonArray array = new JsonArray();
        array.add(value(name, list.getActualTypeArguments()[0]));
        yield array;
      }
      case ParameterizedType _ -> Doc.map("key", "value");
      case Class<?> plain when plain.isRecord() -> of(plain);
      case Class<?> plain when plain.isEnum() ->
          new JsonPrimitive(plain.getEnumConstants()[0].toString());
      case Class<?> plain when plain == String.class ->
          new JsonPrimitive(TEXTS.getOrDefault(name, "text"));
      case Class<?> plain when plain == OffsetDateTime.class ->
          new JsonPrimitive("2026-01-01T00:00:00Z");
      case Class<?> plain when plain == Boolean.class -> new JsonPrimitive(true);
      default -> new JsonPrimitive(1);
    };
  }
}
