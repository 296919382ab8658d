// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MarkerFactory;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

class JsonLogLineTest {

  private static final LoggerContext LOGGERS = new LoggerContext();

  static {
    LOGGERS.putObject(Environment.class.getName(), new StandardEnvironment());
  }

  static Stream<ILoggingEvent> events() {
    LoggingEvent bare = event("Remediations created");
    LoggingEvent traced =
        event("with {} and {}", Map.of("traceId", "0af7651916cd43dd8448eb211c80319c"));
    traced.setArgumentArray(new Object[] {1, "two"});
    LoggingEvent odd = event("a \"quote\", a \\, a /, a\nline, a \u0001, an é and a \uD83D\uDE00");
    LoggingEvent keyed = event("keyed");
    keyed.setKeyValuePairs(
        List.of(
            new KeyValuePair("text", "rem-a"),
            new KeyValuePair("number", 16),
            new KeyValuePair("long", 5_000_000_000L),
            new KeyValuePair("part", 0.25),
            new KeyValuePair("truth", true),
            new KeyValuePair("outcome", Level.WARN),
            new KeyValuePair("file", Path.of("tmp", "a")),
            new KeyValuePair("names", List.of("a", "b"))));
    LoggingEvent marked = event("marked");
    marked.addMarker(MarkerFactory.getMarker("audit"));
    LoggingEvent failed =
        new LoggingEvent(
            JsonLogLineTest.class.getName(),
            LOGGERS.getLogger("io.heal8s.Test"),
            Level.ERROR,
            "failed",
            new IllegalStateException("why", new IllegalArgumentException("because")),
            null);
    failed.setThreadName("main");
    failed.setMDCPropertyMap(Map.of());
    return Stream.of(bare, traced, odd, keyed, marked, failed);
  }

  @ParameterizedTest
  @MethodSource("events")
  void isTheSameLineAsSprings(ILoggingEvent event) {
    assertThat(line(JsonLogLine.class.getName(), event)).isEqualTo(line("logstash", event));
  }

  private static String line(String format, ILoggingEvent event) {
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(LOGGERS);
    encoder.setFormat(format);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }

  private static LoggingEvent event(String message) {
    return event(message, Map.of());
  }

  private static LoggingEvent event(String message, Map<String, String> mdc) {
    LoggingEvent event =
        new LoggingEvent(
            JsonLogLineTest.class.getName(),
            LOGGERS.getLogger("io.heal8s.Test"),
            Level.INFO,
            message,
            null,
            null);
    event.setThreadName("tomcat-handler-1");
    event.setInstant(Instant.parse("2026-03-01T10:00:00.123456Z"));
    event.setMDCPropertyMap(mdc);
    return event;
  }
}
