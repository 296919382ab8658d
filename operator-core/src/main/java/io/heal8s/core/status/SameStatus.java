// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.status;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.effect.WireJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether two statuses mean the same, however they are spelled: a field that is null, an empty list
 * and a missing field are one thing, times are compared as instants to the microsecond, numbers by
 * value, and lists of conditions by type and not by order.
 */
public final class SameStatus {

  private SameStatus() {}

  /** Compares two records, maps or JSON trees. */
  public static boolean same(@Nullable Object a, @Nullable Object b) {
    return equal(WireJson.GSON.toJsonTree(a), WireJson.GSON.toJsonTree(b));
  }

  private static boolean equal(@Nullable JsonElement a, @Nullable JsonElement b) {
    if (isNothing(a) || isNothing(b)) {
      return isNothing(a) && isNothing(b);
    }
    if (a instanceof JsonObject x && b instanceof JsonObject y) {
      return equalObjects(x, y);
    }
    if (a instanceof JsonArray x && b instanceof JsonArray y) {
      return isConditions(x) && isConditions(y) ? equalByType(x, y) : equalInOrder(x, y);
    }
    if (a instanceof JsonPrimitive x && b instanceof JsonPrimitive y) {
      return equalValues(x, y);
    }
    return false;
  }

  private static boolean isNothing(@Nullable JsonElement element) {
    return element == null
        || element.isJsonNull()
        || (element instanceof JsonArray array && array.isEmpty())
        || (element instanceof JsonObject object
            && object.asMap().values().stream().allMatch(SameStatus::isNothing));
  }

  private static boolean equalObjects(JsonObject a, JsonObject b) {
    Set<String> fields = new HashSet<>(a.keySet());
    fields.addAll(b.keySet());
    return fields.stream().allMatch(field -> equal(a.get(field), b.get(field)));
  }

  private static boolean equalInOrder(JsonArray a, JsonArray b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isConditions(JsonArray array) {
    for (JsonElement element : array) {
      if (!(element instanceof JsonObject object)
          || !object.has("type")
          || !object.has("status")
          || !object.has("reason")) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalByType(JsonArray a, JsonArray b) {
    JsonObject x = new JsonObject();
    JsonObject y = new JsonObject();
    a.forEach(element -> x.add(typeOf(element), element));
    b.forEach(element -> y.add(typeOf(element), element));
    return a.size() == b.size() && equalObjects(x, y);
  }

  private static String typeOf(JsonElement condition) {
    return condition.getAsJsonObject().get("type").getAsString();
  }

  private static boolean equalValues(JsonPrimitive a, JsonPrimitive b) {
    if (a.equals(b)) {
      return true;
    }
    if (a.isNumber() && b.isNumber()) {
      return new BigDecimal(a.getAsString()).compareTo(new BigDecimal(b.getAsString())) == 0;
    }
    if (!a.isString() || !b.isString()) {
      return false;
    }
    Optional<Instant> x = instant(a.getAsString());
    return x.isPresent() && x.equals(instant(b.getAsString()));
  }

  private static Optional<Instant> instant(String text) {
    // Cheap look before an exception: only a text like 2026-03-01T… can be a time.
    if (text.length() < 20 || text.charAt(4) != '-' || text.charAt(10) != 'T') {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS));
    } catch (DateTimeParseException other) {
      return Optional.empty();
    }
  }
}
