// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.gateway.intent.Retries;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;

/** What to do with a delivery whose Remediation exists already. */
public final class Redelivery {

  /** Endings that a person chose; asking again would be nagging. */
  private static final Set<String> REFUSED = Set.of("Refused", "Rejected", "RefusedBefore");

  private Redelivery() {}

  /** What follows from an existing attempt. */
  public enum Verdict {
    /** It is at work, helped, was refused, or ended too recently: the delivery is done. */
    LetItBe,
    /** It ended without success long enough ago: the next attempt may be created. */
    TryAgain,
    /** Like {@link #TryAgain}, but it was the last attempt that the policy allows. */
    GiveUp
  }

  /**
   * Judges an existing attempt.
   *
   * @param existing the attempt
   * @param number which attempt it is, from 1
   */
  public static Verdict judge(Remediation existing, int number, Retries retries, Instant now) {
    RemediationStatus status = existing.statusOrEmpty();
    if (existing.getMetadata().getDeletionTimestamp() != null || !endedBadly(status)) {
      return Verdict.LetItBe;
    }
    OffsetDateTime ended =
        status.resolvedAt() == null ? status.lastUpdateTime() : status.resolvedAt();
    if (ended == null || ended.toInstant().plus(retries.retryAfter()).isAfter(now)) {
      return Verdict.LetItBe;
    }
    return number < retries.maxAttempts() ? Verdict.TryAgain : Verdict.GiveUp;
  }

  private static boolean endedBadly(RemediationStatus status) {
    Phase phase = status.phase();
    if (phase == null) {
      return false;
    }
    return switch (phase) {
      case Failed, RolledBack -> !REFUSED.contains(String.valueOf(status.reason()));
      case Expired -> true;
      case Succeeded, Superseded -> false;
      case Pending, Analyzing, AwaitingApproval, PRCreated, Applying, Verifying -> false;
    };
  }
}
