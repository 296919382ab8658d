// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/** The {@code controller_runtime_*} meters of one controller. */
public final class LoopMetrics {

  /** Values of the label {@code result}, as controller-runtime spells them. */
  public enum Result {
    /** Ended; comes back at the resync interval or when an input changes. */
    SUCCESS,
    /** Failed; comes back with growing pauses. */
    ERROR,
    /** Comes back at once or almost at once. */
    REQUEUE,
    /** Comes back after a time that the decision named. */
    REQUEUE_AFTER;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  // The upper bounds of controller-runtime, so that existing dashboards and rules keep working.
  private static final Duration[] BUCKETS =
      DoubleStream.of(
              0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7,
              0.8, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5, 6, 7, 8, 9, 10, 15,
              20, 25, 30, 40, 50, 60)
          .mapToObj(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
          .toArray(Duration[]::new);

  private final Map<Result, Counter> results = new EnumMap<>(Result.class);
  private final Counter errors;
  private final Counter panics;
  private final Timer time;
  private final AtomicInteger active = new AtomicInteger();

  /**
   * Registers the meters at zero.
   *
   * @param registry where they are kept
   * @param controller value of the label {@code controller}
   * @param maxConcurrent how many runs may be under way at once
   */
  public LoopMetrics(MeterRegistry registry, String controller, int maxConcurrent) {
    Tags tags = Tags.of("controller", controller);
    for (Result result : Result.values()) {
      results.put(
          result,
          Counter.builder("controller.runtime.reconcile")
              .description("Total number of reconciliations per controller")
              .tags(tags.and("result", result.label()))
              .register(registry));
    }
    this.errors =
        Counter.builder("controller.runtime.reconcile.errors")
            .description("Total number of reconciliation errors per controller")
            .tags(tags)
            .register(registry);
    this.panics =
        Counter.builder("controller.runtime.reconcile.panics")
            .description("Total number of reconciliations that threw, per controller")
            .tags(tags)
            .register(registry);
    this.time =
        Timer.builder("controller.runtime.reconcile.time")
            .description("Length of time per reconciliation per controller")
            .serviceLevelObjectives(BUCKETS)
            .tags(tags)
            .register(registry);
    Gauge.builder("controller.runtime.active.workers", active::get)
        .description("Number of currently used workers per controller")
        .tags(tags)
        .register(registry);
    Gauge.builder("controller.runtime.max.concurrent.reconciles", () -> maxConcurrent)
        .description("Maximum number of concurrent reconciles per controller")
        .tags(tags)
        .register(registry);
  }

  /** A run began. */
  public void began() {
    active.incrementAndGet();
  }

  /** A run threw instead of answering; {@link #ended} is still called for it. */
  public void panicked() {
    panics.increment();
  }

  /**
   * A run ended.
   *
   * @param result how
   * @param nanos how long it took
   */
  public void ended(Result result, long nanos) {
    active.decrementAndGet();
    Counter counter = results.get(result);
    if (counter != null) {
      counter.increment();
    }
    if (result == Result.ERROR) {
      errors.increment();
    }
    time.record(nanos, TimeUnit.NANOSECONDS);
  }
}
