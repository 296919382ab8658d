// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.act;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.pr.intent.Inquiry;
import io.heal8s.pr.intent.Lane;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.LongStream;

/** The pull requests that were made; names as the first release documented them. */
public final class PrMetrics {

  private final MeterRegistry meters;

  /**
   * Counts there.
   *
   * @param forges ids of the forges; their counters exist at zero, so that a rate over them does
   *     not begin with a gap
   */
  public PrMetrics(MeterRegistry meters, Set<String> forges) {
    this.meters = meters;
    for (String forge : forges) {
      for (Lane lane : Lane.values()) {
        created(tags(forge, lane));
      }
    }
  }

  private static Tags tags(String forge, Lane lane) {
    return Tags.of("forge", forge, "kind", lane.word());
  }

  private Counter created(Tags tags) {
    return Counter.builder("heal8s_prs_created")
        .description("Pull requests that were opened.")
        .tags(tags)
        .register(meters);
  }

  /**
   * A pull request was opened: {@code heal8s_prs_created_total}, and {@code
   * heal8s_processing_duration_seconds} from the moment the gate let the plan through.
   */
  void opened(Remediation remediation, Inquiry inquiry, Instant now) {
    Tags tags = tags(inquiry.repository().forge(), inquiry.lane());
    created(tags).increment();
    Condition gated = remediation.statusOrEmpty().condition(ConditionType.Gated);
    if (gated == null || gated.lastTransitionTime() == null) {
      return;
    }
    Duration took = Duration.between(gated.lastTransitionTime().toInstant(), now);
    Timer.builder("heal8s_processing_duration")
        .description("From the gate letting a plan through to its pull request being open.")
        .tags(tags)
        .serviceLevelObjectives(
            LongStream.of(1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
                .mapToObj(Duration::ofSeconds)
                .toArray(Duration[]::new))
        .register(meters)
        .record(took.isNegative() ? Duration.ZERO : took);
  }
}
