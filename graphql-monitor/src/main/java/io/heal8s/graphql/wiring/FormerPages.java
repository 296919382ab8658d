// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.graphql.poll.Fleet;
import io.heal8s.graphql.wiring.FormerPage.Content;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * The contents of {@code /healthz}, {@code /readyz} and {@code /stats}, with the original's keys.
 */
final class FormerPages {

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");
  private static final double MEBIBYTE = 1024 * 1024;

  private final Clock clock;
  private final String version;
  private final Fleet fleet;
  private final int requestsPerMinute;
  private final IntSupplier rememberedEvents;
  private final BooleanSupplier alive;
  private final BooleanSupplier ready;
  private final Instant started;

  FormerPages(
      Clock clock,
      String version,
      Fleet fleet,
      int requestsPerMinute,
      IntSupplier rememberedEvents,
      BooleanSupplier alive,
      BooleanSupplier ready) {
    this.clock = clock;
    this.version = version;
    this.fleet = fleet;
    this.requestsPerMinute = requestsPerMinute;
    this.rememberedEvents = rememberedEvents;
    this.alive = alive;
    this.ready = ready;
    this.started = clock.instant();
  }

  Content health() {
    boolean living = alive.getAsBoolean();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", living ? "healthy" : "unhealthy");
    fields.put("timestamp", text(clock.instant()));
    fields.put("uptime_seconds", uptime());
    fields.put("version", version);
    return new Content(living, fields);
  }

  Content readiness() {
    boolean now = ready.getAsBoolean();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", now ? "ready" : "not_ready");
    fields.put("timestamp", text(clock.instant()));
    fields.put("checks", Map.of("monitoring_controller", now ? "available" : "not_available"));
    return new Content(now, fields);
  }

  Content stats() {
    Map<String, Object> operator = new LinkedHashMap<>();
    operator.put("uptime_seconds", uptime());
    operator.put("startup_time", text(started));
    operator.put("version", version);
    List<String> names = fleet.names();
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> states = new LinkedHashMap<>();
    states.put("monitored_tapps", names.size());
    states.put("memory_usage_mb", (runtime.totalMemory() - runtime.freeMemory()) / MEBIBYTE);
    Map<String, Object> events = new LinkedHashMap<>();
    events.put("cached_events", rememberedEvents.getAsInt());
    events.put("deduplication_window_seconds", PollConfiguration.SAME_EVENT.toSeconds());
    Map<String, Object> limits = new LinkedHashMap<>();
    limits.put("active_buckets", names.size());
    limits.put("requests_per_minute", requestsPerMinute);
    Map<String, Object> monitoring = new LinkedHashMap<>();
    monitoring.put("active_monitors", names.size());
    monitoring.put("monitored_tapps", names);
    Map<String, String> polled = new LinkedHashMap<>();
    fleet.lastPolled().forEach((app, at) -> polled.put(app, text(at)));
    monitoring.put("last_polled", polled);
    monitoring.put("state_manager_stats", states);
    monitoring.put("event_generator_stats", events);
    monitoring.put("rate_limiter_stats", limits);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("operator", operator);
    fields.put("monitoring", monitoring);
    return new Content(true, fields);
  }

  private double uptime() {
    return Duration.between(started, clock.instant()).toMillis() / 1000.0;
  }

  private static String text(Instant instant) {
    return ISO.format(instant.atOffset(ZoneOffset.UTC));
  }
}
