// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.metric.BoundedTag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The first release's metrics, now all moving: {@code heal8s_remediations_succeeded_total}, {@code
 * heal8s_remediations_failed_total}, {@code heal8s_remediation_duration_seconds} (creation to end)
 * and {@code heal8s_remediation_phase_transitions_total}.
 */
public final class RemediationMetrics implements Transitions {

  private static final Duration[] BUCKETS =
      LongStream.of(10, 30, 60, 120, 300, 600, 1800, 3600)
          .mapToObj(Duration::ofSeconds)
          .toArray(Duration[]::new);
  private static final String NONE = "none";
  private static final int MOST_KINDS = 50;
  private static final int MOST_REASONS = 100;

  private final MeterRegistry meters;
  private final BoundedTag kinds = new BoundedTag(MOST_KINDS);
  private final BoundedTag reasons = new BoundedTag(MOST_REASONS);

  /** Counts in that registry. */
  public RemediationMetrics(MeterRegistry meters) {
    this.meters = meters;
    // Exist at zero, so that a rate over them does not begin with a gap.
    Arrays.stream(ActionType.values())
        .forEach(
            type ->
                Arrays.stream(Phase.values())
                    .filter(Phase::isEnd)
                    .forEach(phase -> duration(type.name(), phase)));
  }

  @Override
  public void happened(Remediation before, RemediationStatus after) {
    Phase from = before.statusOrEmpty().phase();
    Phase to = after.phase();
    if (to == null || to == from) {
      return;
    }
    Counter.builder("heal8s.remediation.phase.transitions")
        .description("Phase changes of Remediations")
        .tag("from_phase", from == null ? NONE : from.name())
        .tag("to_phase", to.name())
        .register(meters)
        .increment();
    if (to.isEnd()) {
      ended(before, after, to);
    }
  }

  private void ended(Remediation remediation, RemediationStatus after, Phase end) {
    String action = action(remediation);
    OffsetDateTime created = remediation.getMetadata().getCreationTimestamp();
    OffsetDateTime resolved = after.resolvedAt();
    if (created != null && resolved != null) {
      duration(action, end).record(Duration.between(created, resolved));
    }
    switch (end) {
      case Succeeded, Superseded ->
          Counter.builder("heal8s.remediations.succeeded")
              .description("Remediations that ended well")
              .tag("action_type", action)
              .tag("target_kind", kind(remediation, after))
              .tag("mode", remediation.spec().strategy().modeOrDefault().name())
              .register(meters)
              .increment();
      case Failed, Expired, RolledBack ->
          Counter.builder("heal8s.remediations.failed")
              .description("Remediations that ended without success")
              .tag("action_type", action)
              .tag("target_kind", kind(remediation, after))
              .tag("reason", reasons.of(after.reason()))
              .register(meters)
              .increment();
      case Pending, Analyzing, AwaitingApproval, PRCreated, Applying, Verifying -> {}
    }
  }

  private Timer duration(String action, Phase phase) {
    return Timer.builder("heal8s.remediation.duration")
        .description("Time from the creation of a Remediation to its end")
        .tag("action_type", action)
        .tag("phase", phase.name())
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  private String kind(Remediation remediation, RemediationStatus after) {
    return kinds.of(
        after.target() == null ? remediation.spec().target().kind() : after.target().kind());
  }

  private static String action(Remediation remediation) {
    @Nullable ActionType type = remediation.spec().action().type();
    return type == null ? NONE : type.name();
  }
}
