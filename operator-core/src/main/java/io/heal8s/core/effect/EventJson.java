// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonObject;
import io.heal8s.core.decide.Announcement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Spells events.k8s.io/v1 Events within the limits that the server enforces: names 253, controller
 * and reasons 128, notes 1024, all in bytes.
 *
 * @param controller name of the controller
 * @param instance identity of the process
 */
record EventJson(String controller, String instance) {

  private static final ResourceType<JsonObject> EVENTS =
      ResourceType.untyped("events.k8s.io", "v1", "Event", "events", true);
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int NAME = 253;
  private static final int WORD = 128;
  private static final int NOTE = 1024;

  /**
   * A name that no other event has: the object's, the time, the process and its own count.
   *
   * @param number differs for every event of this process
   */
  ObjectKey keyOf(ObjectReference regarding, Instant now, long number) {
    String unique =
        "."
            + Long.toHexString(now.toEpochMilli())
            + "."
            + Integer.toHexString(instance.hashCode() & 0xffff)
            + Long.toHexString(number);
    String base = regarding.key().name();
    int room = NAME - unique.length();
    String name = (base.length() <= room ? base : base.substring(0, room)) + unique;
    // Events about cluster-scoped objects live in the namespace default.
    String namespace = regarding.key().namespace();
    return new ObjectKey(namespace.isEmpty() ? "default" : namespace, name);
  }

  ApiRequest create(
      ObjectKey key, ObjectReference regarding, Announcement announcement, Instant now) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", key.name());
    metadata.addProperty("namespace", key.namespace());
    JsonObject object = new JsonObject();
    object.addProperty("apiVersion", regarding.apiVersion());
    object.addProperty("kind", regarding.kind());
    object.addProperty("name", regarding.key().name());
    if (!regarding.key().namespace().isEmpty()) {
      object.addProperty("namespace", regarding.key().namespace());
    }
    if (!regarding.uid().isEmpty()) {
      object.addProperty("uid", regarding.uid());
    }
    JsonObject event = new JsonObject();
    event.addProperty("apiVersion", EVENTS.apiVersion());
    event.addProperty("kind", EVENTS.kind());
    event.add("metadata", metadata);
    event.addProperty("eventTime", MICRO_TIME.format(now));
    event.addProperty("reportingController", cut(controller, WORD));
    event.addProperty("reportingInstance", cut(instance, WORD));
    event.addProperty("action", cut(announcement.action(), WORD));
    event.addProperty("reason", cut(announcement.reason(), WORD));
    event.addProperty("type", announcement.type().name());
    event.addProperty("note", cut(announcement.message(), NOTE));
    event.add("regarding", object);
    return ApiRequest.send(
        "POST", EVENTS.collectionPath(key.namespace()), ApiRequest.JSON, event.toString());
  }

  ApiRequest repeat(ObjectKey key, int count, Instant last) {
    JsonObject series = new JsonObject();
    series.addProperty("count", count);
    series.addProperty("lastObservedTime", MICRO_TIME.format(last));
    JsonObject patch = new JsonObject();
    patch.add("series", series);
    return ApiRequest.send("PATCH", EVENTS.path(key), ApiRequest.MERGE_PATCH, patch.toString());
  }

  // The server counts bytes of UTF-8; a text is never cut inside a character.
  private static String cut(String text, int most) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= most) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int bytes = "…".getBytes(StandardCharsets.UTF_8).length;
    for (int point : text.codePoints().toArray()) {
      String character = Character.toString(point);
      bytes += character.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > most) {
        break;
      }
      kept.append(character);
    }
    return kept.append('…').toString();
  }
}
