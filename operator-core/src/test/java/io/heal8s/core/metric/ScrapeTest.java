// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Snapshot;
import io.heal8s.core.runtime.Announcer;
import io.heal8s.core.runtime.ControllerLoop;
import io.heal8s.core.runtime.LoopEnvironment;
import io.heal8s.core.runtime.LoopSettings;
import io.heal8s.core.runtime.ManualExecutor;
import io.heal8s.core.runtime.ManualScheduler;
import io.heal8s.core.runtime.Observation;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus reads, word for word: dashboards and rules of other operators depend on it. */
class ScrapeTest {

  record Seen(String key) implements Snapshot {}

  record None() implements Intent {}

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ManualScheduler time = new ManualScheduler();
  private final ManualExecutor executor = new ManualExecutor();
  private final ControllerLoop<String, Seen, None> loop = newLoop();

  private ControllerLoop<String, Seen, None> newLoop() {
    return new ControllerLoop<>(
        LoopSettings.of("things", 3).withInterval(null),
        new LoopEnvironment(time.clock(), time, executor, new Random(1), () -> "r", registry),
        (key, run) -> {
          time.advance(Duration.ofMillis(40));
          if (key.equals("bad")) {
            throw new IllegalStateException("a bug");
          }
          return new Observation.Seen<>(new Seen(key));
        },
        (seen, now) -> Decision.nothing(Outcome.DONE),
        (intent, run) -> Outcome.DONE,
        Announcer.silent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "controller_runtime_reconcile_total{controller=\"things\",result=\"success\"} 0.0",
        "controller_runtime_reconcile_total{controller=\"things\",result=\"error\"} 0.0",
        "controller_runtime_reconcile_total{controller=\"things\",result=\"requeue\"} 0.0",
        "controller_runtime_reconcile_total{controller=\"things\",result=\"requeue_after\"} 0.0",
        "controller_runtime_reconcile_errors_total{controller=\"things\"} 0.0",
        "controller_runtime_reconcile_panics_total{controller=\"things\"} 0.0",
        "controller_runtime_active_workers{controller=\"things\"} 0.0",
        "controller_runtime_max_concurrent_reconciles{controller=\"things\"} 3.0",
        "controller_runtime_reconcile_time_seconds_count{controller=\"things\"} 0",
        "controller_runtime_reconcile_time_seconds_bucket{controller=\"things\",le=\"0.05\"} 0",
        "controller_runtime_reconcile_time_seconds_bucket{controller=\"things\",le=\"60.0\"} 0",
        "workqueue_depth{controller=\"things\",name=\"things\"} 0.0",
        "workqueue_adds_total{controller=\"things\",name=\"things\"} 0.0",
        "workqueue_retries_total{controller=\"things\",name=\"things\"} 0.0",
        "workqueue_queue_duration_seconds_count{controller=\"things\",name=\"things\"} 0",
        "workqueue_work_duration_seconds_count{controller=\"things\",name=\"things\"} 0",
        "workqueue_unfinished_work_seconds{controller=\"things\",name=\"things\"} 0.0",
        "workqueue_longest_running_processor_seconds{controller=\"things\",name=\"things\"} 0.0"
      })
  void seriesExistsAtZeroBeforeTheFirstRun(String line) {
    assertThat(registry.scrape()).contains(line);
  }

  @Test
  void seriesCountWhatHappened() {
    loop.add("a");
    loop.add("bad");
    loop.start();
    executor.runAll();

    assertThat(registry.scrape())
        .contains(
            "controller_runtime_reconcile_total{controller=\"things\",result=\"success\"} 1.0",
            "controller_runtime_reconcile_total{controller=\"things\",result=\"error\"} 1.0",
            "controller_runtime_reconcile_errors_total{controller=\"things\"} 1.0",
            "controller_runtime_reconcile_panics_total{controller=\"things\"} 1.0",
            "controller_runtime_reconcile_time_seconds_count{controller=\"things\"} 2",
            "controller_runtime_reconcile_time_seconds_bucket{controller=\"things\",le=\"0.025\"} 0",
            "controller_runtime_reconcile_time_seconds_bucket{controller=\"things\",le=\"0.05\"} 2",
            "workqueue_retries_total{controller=\"things\",name=\"things\"} 1.0");
  }

  @Test
  void depthAndAgesAreThoseOfTheMoment() {
    loop.add("a");
    loop.add("b");
    assertThat(registry.scrape())
        .contains("workqueue_depth{controller=\"things\",name=\"things\"} 2.0");

    loop.start();
    time.advance(Duration.ofMillis(500));
    assertThat(registry.scrape())
        .contains(
            "workqueue_depth{controller=\"things\",name=\"things\"} 0.0",
            "workqueue_unfinished_work_seconds{controller=\"things\",name=\"things\"} 1.5",
            "workqueue_longest_running_processor_seconds{controller=\"things\",name=\"things\"} 0.5");
  }
}
