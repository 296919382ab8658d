// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the loops of one process share.
 *
 * @param clock wall time, for decisions and deadlines
 * @param scheduler monotonic time and wake-ups
 * @param executor runs the runs; must not run them on the caller's thread in production: virtual
 *     threads
 * @param random source of jitter; used by many threads at once
 * @param runIds a new id for every run
 * @param meters where loops and queues are counted
 * @param loops knows every loop that was made in this environment
 */
public record LoopEnvironment(
    Clock clock,
    Scheduler scheduler,
    Executor executor,
    RandomGenerator random,
    Supplier<String> runIds,
    MeterRegistry meters,
    LoopRegistry loops) {

  /** An environment with a registry of its own. */
  public LoopEnvironment(
      Clock clock,
      Scheduler scheduler,
      Executor executor,
      RandomGenerator random,
      Supplier<String> runIds,
      MeterRegistry meters) {
    this(clock, scheduler, executor, random, runIds, meters, new LoopRegistry());
  }
}
