// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.effect.ObjectKey;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The original's metrics, made from {@link AppCounts} when they are read. The series of an app are
 * there as long as this replica polls it: who goes away takes them along.
 */
public final class AppMetrics implements MultiCollector {

  private final Map<ObjectKey, AppCounts> apps = new ConcurrentHashMap<>();

  /** No apps yet. */
  public AppMetrics() {}

  AppCounts of(ObjectKey app) {
    return apps.computeIfAbsent(app, key -> new AppCounts());
  }

  /** A state of that app was announced. */
  public void announced(ObjectKey app, boolean initial) {
    of(app).announced(initial);
  }

  /**
   * A Remediation of that app was asked for.
   *
   * @param action as the original names it
   * @param status success or failed
   * @param seconds from the state that fired
   */
  public void acted(ObjectKey app, String action, String status, double seconds) {
    of(app).acted(action, status, seconds);
  }

  void forget(ObjectKey app) {
    apps.remove(app);
  }

  @Override
  public MetricSnapshots collect() {
    Series series = new Series();
    apps.forEach((key, counts) -> series.add(key, counts.view()));
    return series.build(apps.size());
  }

  private static final class Series {
    private final CounterSnapshot.Builder polls =
        CounterSnapshot.builder().name("operator_kco_tapp_polls").help("Polls by how they ended");
    private final HistogramSnapshot.Builder durations =
        HistogramSnapshot.builder()
            .name("operator_kco_tapp_poll_duration_seconds")
            .help("Time from the first request of a poll to its end");
    private final CounterSnapshot.Builder events =
        CounterSnapshot.builder()
            .name("operator_kco_events_generated")
            .help("States that were announced as Kubernetes Events");
    private final CounterSnapshot.Builder actions =
        CounterSnapshot.builder()
            .name("operator_kco_actions_executed")
            .help("Remediations asked for: success when it is there, failed when it was refused");
    private final SummarySnapshot.Builder actionDurations =
        SummarySnapshot.builder()
            .name("operator_kco_action_duration_seconds")
            .help("Time from the state that fired to the Remediation");
    private final CounterSnapshot.Builder errors =
        CounterSnapshot.builder()
            .name("operator_kco_errors")
            .help("Requests that brought no state, by what happened");

    void add(ObjectKey key, AppCounts.View view) {
      Labels app = Labels.of("namespace", key.namespace(), "tapp_name", key.name());
      for (AppCounts.PollStatus status : AppCounts.PollStatus.values()) {
        long count = view.polls()[status.ordinal()];
        if (count > 0 || status == AppCounts.PollStatus.success) {
          polls.dataPoint(counter(app.add("status", status.name()), count));
        }
      }
      durations.dataPoint(
          HistogramDataPointSnapshot.builder()
              .labels(app)
              .sum(view.seconds())
              .classicHistogramBuckets(ClassicHistogramBuckets.of(AppCounts.BOUNDS, view.buckets()))
              .build());
      event(app, "initial", view.initialEvents());
      event(app, "change", view.changeEvents());
      view.actions()
          .forEach(
              (action, times) -> {
                Labels labels = app.add("action", action.action()).add("status", action.status());
                actions.dataPoint(counter(labels, times.count()));
                actionDurations.dataPoint(
                    SummaryDataPointSnapshot.builder()
                        .labels(labels)
                        .count(times.count())
                        .sum(times.seconds())
                        .build());
              });
      view.errors()
          .forEach((kind, count) -> errors.dataPoint(counter(app.add("error_type", kind), count)));
    }

    private void event(Labels app, String type, long count) {
      if (count > 0) {
        events.dataPoint(counter(app.add("event_type", type), count));
      }
    }

    private static CounterDataPointSnapshot counter(Labels labels, long count) {
      return CounterDataPointSnapshot.builder().labels(labels).value(count).build();
    }

    MetricSnapshots build(int active) {
      return MetricSnapshots.of(
          polls.build(),
          durations.build(),
          events.build(),
          actions.build(),
          actionDurations.build(),
          errors.build(),
          GaugeSnapshot.builder()
              .name("operator_kco_active_monitors")
              .help("Apps that this replica polls")
              .dataPoint(GaugeDataPointSnapshot.builder().value(active).build())
              .build());
    }
  }
}
