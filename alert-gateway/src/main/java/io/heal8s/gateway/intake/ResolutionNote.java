// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Alert;
import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.naming.KubernetesName;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.gateway.intent.AlertIntent.MarkResolved;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the condition AlertResolved, the one part of a Remediation's status that is the gateway's.
 * Remediations are found by the alert's fingerprint, not by a name: the routes may have changed
 * since they were made.
 */
final class ResolutionNote {

  private final RemediationApi api;
  private final InstantSource clock;

  ResolutionNote(RemediationApi api, InstantSource clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * Notes the end; what the time does not suffice for is noted when the sender comes again.
   *
   * @param deadline no call is begun after it
   */
  Result write(MarkResolved resolved, Instant deadline) {
    if (isOver(deadline)) {
      return Result.outOfTime();
    }
    String label = KubernetesName.labelValue(resolved.fingerprint());
    return switch (api.list(resolved.namespace(), Annotations.LABEL_FINGERPRINT, label)) {
      case Answer.Ok<List<Remediation>>(List<Remediation> found) ->
          writeAll(resolved, found, deadline);
      case Answer.Failed<List<Remediation>>(ApiFailure failure) -> Result.of(failure);
    };
  }

  private Result writeAll(MarkResolved resolved, List<Remediation> found, Instant deadline) {
    List<String> names = new ArrayList<>();
    for (Remediation remediation : found) {
      if (!isMeant(remediation, resolved)) {
        continue;
      }
      if (isOver(deadline)) {
        return Result.outOfTime();
      }
      switch (api.setCondition(remediation, condition(remediation, resolved)).failureOrNull()) {
        case null -> names.add(String.valueOf(remediation.getMetadata().getName()));
        // It is gone, or another one took its name: nobody is left to be told.
        case ApiFailure.NotFound gone when !gone.kindMissing() -> {}
        case ApiFailure.Conflict replaced -> {}
        case ApiFailure failure -> {
          return Result.of(failure);
        }
      }
    }
    return new Result.Resolved(resolved.namespace(), names);
  }

  private boolean isOver(Instant deadline) {
    return !clock.instant().isBefore(deadline);
  }

  /** Running, of that alert, and not of a later firing of it; and not told before. */
  private static boolean isMeant(Remediation remediation, MarkResolved resolved) {
    Alert alert = remediation.spec().alert();
    Phase phase = remediation.statusOrEmpty().phase();
    if (alert == null
        || !alert.fingerprint().equals(resolved.fingerprint())
        || (phase != null && phase.isEnd())
        || remediation.statusOrEmpty().isTrue(ConditionType.AlertResolved)) {
      return false;
    }
    OffsetDateTime firing = alert.startsAt();
    return firing == null || resolved.startsAt() == null || !firing.isAfter(resolved.startsAt());
  }

  private Condition condition(Remediation remediation, MarkResolved resolved) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    OffsetDateTime since = resolved.endsAt() == null ? now : resolved.endsAt();
    return new Condition(
        ConditionType.AlertResolved.name(),
        Condition.Status.True,
        remediation.getMetadata().getGeneration(),
        now,
        "AlertResolved",
        "the alert resolved at " + since.truncatedTo(ChronoUnit.SECONDS).toInstant());
  }
}
