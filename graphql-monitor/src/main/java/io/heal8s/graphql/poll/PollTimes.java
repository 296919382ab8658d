// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** How punctual the polls of all apps are together. */
public final class PollTimes {

  private final Timer lateness;
  private final Counter requests;

  /** Counts from zero. */
  public PollTimes(MeterRegistry meters) {
    this.lateness =
        Timer.builder("heal8s.graphql.poll.lateness")
            .description("Time from when a poll was due to when it began")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(25),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(5))
            .register(meters);
    this.requests =
        Counter.builder("heal8s.graphql.requests")
            .description("Requests to endpoints, repeated ones included")
            .register(meters);
  }

  void late(long nanos) {
    lateness.record(Duration.ofNanos(Math.max(0, nanos)));
  }

  void sent() {
    requests.increment();
  }
}
