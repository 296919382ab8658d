// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source;

import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.intent.IncomingAlert.Status;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one element of {@code alerts}; the parser stands on its opening brace. */
final class OneAlertReader {

  /** How Go writes a time that was never set, as the end of every alert that fires. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final JsonParser parser;
  private final byte[] body;
  private final Dialect dialect;
  private final int index;

  private @Nullable String status;
  private Map<String, String> labels = Map.of();
  private Map<String, String> annotations = Map.of();
  private String fingerprint = "";
  private @Nullable OffsetDateTime startsAt;
  private @Nullable OffsetDateTime endsAt;

  OneAlertReader(JsonParser parser, byte[] body, Dialect dialect, int index) {
    this.parser = parser;
    this.body = body;
    this.dialect = dialect;
    this.index = index;
  }

  IncomingAlert read() throws MalformedBodyException {
    int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String field = parser.currentName();
      readField(field, parser.nextToken());
    }
    int end = Math.toIntExact(parser.currentLocation().getByteOffset());
    if (fingerprint.isEmpty()) {
      fingerprint = Fingerprint.of(labels);
    }
    return new IncomingAlert(
        dialect.sourceName(), status(), labels, fingerprint, startsAt, endsAt, payload(start, end));
  }

  private void readField(String field, JsonToken value) throws MalformedBodyException {
    switch (field) {
      case "status" -> status = text(field, value);
      case "labels" -> labels = texts(field, value);
      case "annotations" -> annotations = texts(field, value);
      case "fingerprint" -> fingerprint = text(field, value);
      case "startsAt" -> startsAt = time(field, value);
      case "endsAt" -> endsAt = time(field, value);
      default -> parser.skipChildren();
    }
  }

  private Status status() {
    if (status == null || status.isEmpty()) {
      return dialect.missingStatus();
    }
    return switch (status) {
      case "firing" -> Status.Firing;
      case "resolved" -> Status.Resolved;
      default -> Status.Unknown;
    };
  }

  private String payload(int start, int end) {
    if (end - start <= ShortPayload.MAX_BYTES) {
      return new String(body, start, end - start, StandardCharsets.UTF_8);
    }
    return ShortPayload.of(status(), labels, annotations, fingerprint, startsAt, endsAt);
  }

  private String text(String field, JsonToken value) throws MalformedBodyException {
    return switch (value) {
      case VALUE_STRING -> parser.getString();
      case VALUE_NULL -> "";
      default -> throw malformed(field, "not a text");
    };
  }

  private Map<String, String> texts(String field, JsonToken value) throws MalformedBodyException {
    if (value == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    if (value != JsonToken.START_OBJECT) {
      throw malformed(field, "not an object of texts");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken element = parser.nextToken();
      if (element != JsonToken.VALUE_STRING && element != JsonToken.VALUE_NULL) {
        throw malformed(field, "its value number " + texts.size() + " is not a text");
      }
      texts.put(name, element == JsonToken.VALUE_NULL ? "" : parser.getString());
    }
    return Collections.unmodifiableMap(texts);
  }

  private @Nullable OffsetDateTime time(String field, JsonToken value)
      throws MalformedBodyException {
    if (value == JsonToken.VALUE_NULL) {
      return null;
    }
    if (value != JsonToken.VALUE_STRING) {
      throw malformed(field, "not a time");
    }
    String text = parser.getString();
    if (text.equals(NEVER)) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      return time.getYear() <= 1 ? null : time.withOffsetSameInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw malformed(field, "not a time such as 2026-03-01T10:00:00Z");
    }
  }

  private MalformedBodyException malformed(String field, String problem) {
    return new MalformedBodyException("alerts[" + index + "]." + field + ": " + problem);
  }
}
