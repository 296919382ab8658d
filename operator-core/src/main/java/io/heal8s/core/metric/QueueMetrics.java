// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The {@code workqueue_*} meters of one queue. */
public final class QueueMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofNanos(10_000),
    Duration.ofNanos(100_000),
    Duration.ofMillis(1),
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofSeconds(100),
    Duration.ofSeconds(1000)
  };

  private final MeterRegistry registry;
  private final Tags tags;
  private final Counter adds;
  private final Counter retries;
  private final Timer queueDuration;
  private final Timer workDuration;

  /**
   * Registers the meters at zero.
   *
   * @param registry where they are kept
   * @param name value of the label {@code name}, the name of the controller
   */
  public QueueMetrics(MeterRegistry registry, String name) {
    this.registry = registry;
    this.tags = Tags.of(Tag.of("name", name), Tag.of("controller", name));
    this.adds =
        Counter.builder("workqueue.adds")
            .description("Total number of adds handled by workqueue")
            .tags(tags)
            .register(registry);
    this.retries =
        Counter.builder("workqueue.retries")
            .description("Total number of retries handled by workqueue")
            .tags(tags)
            .register(registry);
    this.queueDuration =
        timer("workqueue.queue.duration", "How long an item stays in workqueue before being taken");
    this.workDuration =
        timer("workqueue.work.duration", "How long processing an item from workqueue takes");
  }

  /**
   * Registers the gauges, which ask the queue whenever they are scraped.
   *
   * @param state the queue
   */
  public void observe(QueueState state) {
    Gauge.builder("workqueue.depth", state::depth)
        .description("Current depth of workqueue")
        .tags(tags)
        .register(registry);
    Gauge.builder("workqueue.unfinished.work", () -> seconds(state.unfinishedNanos()))
        .description("Seconds of work in progress that work_duration has not seen yet")
        .baseUnit("seconds")
        .tags(tags)
        .register(registry);
    Gauge.builder("workqueue.longest.running.processor", () -> seconds(state.longestRunningNanos()))
        .description("Seconds the longest running processor has been running")
        .baseUnit("seconds")
        .tags(tags)
        .register(registry);
  }

  /** A key entered the queue or was asked for again while it ran. */
  public void added() {
    adds.increment();
  }

  /** A key comes back because its run failed. */
  public void retried() {
    retries.increment();
  }

  /** A key was taken after it waited that long. */
  public void taken(long waitedNanos) {
    queueDuration.record(waitedNanos, TimeUnit.NANOSECONDS);
  }

  /** A key was finished after it ran that long. */
  public void finished(long workedNanos) {
    workDuration.record(workedNanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .tags(tags)
        .register(registry);
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  /** What the gauges ask of a queue; answers may be taken while it changes. */
  public interface QueueState {

    /** Number of keys that could be taken now. */
    int depth();

    /** Sum of the running times of all keys being processed, in nanoseconds. */
    long unfinishedNanos();

    /** Running time of the key that has been processed the longest, in nanoseconds; 0 if none. */
    long longestRunningNanos();
  }
}
