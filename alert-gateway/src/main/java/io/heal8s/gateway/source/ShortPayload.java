// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source;

import io.heal8s.gateway.intent.IncomingAlert.Status;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What is kept of an alert that is too large to keep whole: valid JSON with the fields that matter,
 * at most {@value #MAX_ENTRIES} labels and as many annotations, each name and value cut at {@value
 * #MAX_LENGTH} characters, and {@code "truncated": true}.
 */
final class ShortPayload {

  /** Largest alert that is kept as it was sent. */
  static final int MAX_BYTES = 16 * 1024;

  static final int MAX_ENTRIES = 32;
  static final int MAX_LENGTH = 256;

  private static final JsonFactory JSON = new JsonFactory();

  private ShortPayload() {}

  static String of(
      Status status,
      Map<String, String> labels,
      Map<String, String> annotations,
      String fingerprint,
      @Nullable OffsetDateTime startsAt,
      @Nullable OffsetDateTime endsAt) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("status", status.name().toLowerCase(Locale.ROOT));
      write(json, "labels", labels);
      write(json, "annotations", annotations);
      write(json, "startsAt", startsAt);
      write(json, "endsAt", endsAt);
      json.writeStringProperty("fingerprint", cut(fingerprint));
      json.writeBooleanProperty("truncated", true);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, String name, Map<String, String> texts) {
    json.writeObjectPropertyStart(name);
    texts.entrySet().stream()
        .limit(MAX_ENTRIES)
        .forEach(text -> json.writeStringProperty(cut(text.getKey()), cut(text.getValue())));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, @Nullable OffsetDateTime time) {
    if (time != null) {
      json.writeStringProperty(name, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
    }
  }

  private static String cut(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    // Never half a character: that could not be written as UTF-8.
    int end = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1)) ? MAX_LENGTH - 1 : MAX_LENGTH;
    return text.substring(0, end);
  }
}
