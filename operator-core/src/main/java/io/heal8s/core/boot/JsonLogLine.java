// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Log lines in Spring Boot's format {@code logstash}, field by field, written straight to bytes.
 * Under a storm of alerts each delivery is a line, and Spring's own writer takes an eighth of all
 * that a delivery costs. Who wants {@code logging.structured.json.*} sets {@code
 * logging.structured.format.console=logstash}.
 */
final class JsonLogLine implements StructuredLogFormatter<ILoggingEvent> {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_BYTES = 512;

  private final ThrowableProxyConverter stackTraces;

  /** Made by Spring from {@code logging.structured.format.console}. */
  JsonLogLine(ThrowableProxyConverter stackTraces) {
    this.stackTraces = stackTraces;
  }

  @Override
  public String format(ILoggingEvent event) {
    return write(event).toString(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] formatAsBytes(ILoggingEvent event, Charset charset) {
    return charset.equals(StandardCharsets.UTF_8)
        ? write(event).toByteArray()
        : format(event).getBytes(charset);
  }

  private ByteArrayOutputStream write(ILoggingEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeStringProperty("@timestamp", time(event));
      json.writeStringProperty("@version", "1");
      json.writeStringProperty("message", event.getFormattedMessage());
      json.writeStringProperty("logger_name", event.getLoggerName());
      json.writeStringProperty("thread_name", event.getThreadName());
      json.writeStringProperty("level", event.getLevel().toString());
      json.writeNumberProperty("level_value", event.getLevel().toInt());
      event.getMDCPropertyMap().forEach(json::writeStringProperty);
      pairs(json, event.getKeyValuePairs());
      tags(json, event.getMarkerList());
      if (event.getThrowableProxy() != null) {
        json.writeStringProperty("stack_trace", stackTraces.convert(event));
      }
      json.writeEndObject();
    }
    bytes.write('\n');
    return bytes;
  }

  private static String time(ILoggingEvent event) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        OffsetDateTime.ofInstant(event.getInstant(), ZoneId.systemDefault()));
  }

  private static void pairs(JsonGenerator json, @Nullable List<KeyValuePair> pairs) {
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        json.writeName(pair.key);
        value(json, pair.value);
      }
    }
  }

  private static void tags(JsonGenerator json, @Nullable List<Marker> markers) {
    if (markers != null && !markers.isEmpty()) {
      json.writeArrayPropertyStart("tags");
      markers.forEach(marker -> json.writeString(marker.getName()));
      json.writeEndArray();
    }
  }

  private static void value(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Number number -> json.writeNumber(number.toString());
      case Boolean truth -> json.writeBoolean(truth);
      // A path is iterable, too.
      case Path path -> json.writeString(path.toString());
      case Iterable<?> elements -> {
        json.writeStartArray();
        elements.forEach(element -> value(json, element));
        json.writeEndArray();
      }
      case Map<?, ?> members -> {
        json.writeStartObject();
        members.forEach(
            (name, member) -> {
              json.writeName(String.valueOf(name));
              value(json, member);
            });
        json.writeEndObject();
      }
      default -> json.writeString(value.toString());
    }
  }
}
