// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.metric.BoundedTag;
import io.heal8s.gateway.intent.AlertIntent;
import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.intent.SkipReason;
import io.heal8s.gateway.routing.SeverityLabel;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Counts. What a sender chooses is bounded before it becomes a label: the first {@value
 * #ALERT_NAMES} alert names keep theirs, the severity is one of three.
 */
public final class GatewayMetrics {

  private static final int ALERT_NAMES = 200;

  private static final Duration[] BUCKETS =
      Stream.of(5, 10, 25, 50, 100, 200, 500, 1000, 5000, 10_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private volatile double lastDelivery;
  private final BoundedTag alertNames = new BoundedTag(ALERT_NAMES);
  private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  /** Counts in a registry. */
  public GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    Gauge.builder("heal8s.webhook.last.received.timestamp", this, metrics -> metrics.lastDelivery)
        .baseUnit("seconds")
        .description("When a delivery was last taken in, Unix time; 0 before the first")
        .register(registry);
  }

  /** A delivery was taken in; an alert rule on its age tells when the sender went silent. */
  void delivered(Instant at) {
    lastDelivery = at.toEpochMilli() / 1000.0;
  }

  void received(IncomingAlert alert) {
    count(
        "heal8s.alerts.received",
        "alertname",
        alertNames.of(alert.name()),
        "severity",
        SeverityLabel.of(alert.label("severity")).name());
  }

  void done(IncomingAlert alert, AlertIntent intent, Result result) {
    switch (result) {
      case Result.Created created -> created(intent);
      case Result.Exists exists -> skipped(alert, SkipReason.Duplicate);
      // The first release counted every alert that does not fire, so this stays.
      case Result.Resolved resolved -> skipped(alert, SkipReason.NotFiring);
      case Result.Skipped skipped -> skipped(alert, skipped.reason());
      case Result.Failed failed -> failed(failed.trouble());
    }
  }

  void failed(Trouble trouble) {
    count("heal8s.alerts.deferred", "reason", trouble.name());
  }

  void truncated(long alerts) {
    registry.counter("heal8s.alerts.truncated").increment(alerts);
  }

  /**
   * A call was answered without looking at its alerts.
   *
   * @param status HTTP status code of the answer
   * @param reason a word of a closed set
   */
  void refused(int status, String reason) {
    count("heal8s.webhook.refused", "code", Integer.toString(status), "reason", reason);
  }

  /**
   * A call to a webhook was answered.
   *
   * @param nanos from its headers to its answer
   */
  void answered(String endpoint, int status, long nanos) {
    String code = Integer.toString(status);
    timers
        .computeIfAbsent(
            endpoint + code,
            key ->
                Timer.builder("heal8s.webhook.duration")
                    .description("Time from the headers of a call to its answer")
                    .tags("endpoint", endpoint, "code", code)
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private void created(AlertIntent intent) {
    if (intent instanceof AlertIntent.CreateRemediation create) {
      RemediationSpec spec = create.spec();
      count(
          "heal8s.remediations.created",
          "action_type",
          String.valueOf(spec.action().type()),
          "target_kind",
          spec.target().kind(),
          "mode",
          spec.strategy().modeOrDefault().name());
    }
  }

  private void skipped(IncomingAlert alert, SkipReason reason) {
    count(
        "heal8s.alerts.skipped",
        "alertname",
        alertNames.of(alert.name()),
        "reason",
        reason.metricValue());
  }

  /** The registry's own lookup sorts tags each time; these are few and asked for often. */
  private void count(String name, String... tags) {
    // The names of the tags belong to the name of the meter, so the values identify it.
    List<String> key =
        switch (tags.length) {
          case 2 -> List.of(name, tags[1]);
          case 4 -> List.of(name, tags[1], tags[3]);
          default -> List.of(name, tags[1], tags[3], tags[5]);
        };
    Counter counter = counters.get(key);
    if (counter == null) {
      counter = counters.computeIfAbsent(key, k -> registry.counter(name, Tags.of(tags)));
    }
    counter.increment();
  }
}
