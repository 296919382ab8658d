// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Applied;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Verification;
import io.heal8s.core.api.k8shealer.remediation.Verify;
import io.heal8s.core.decide.DurationText;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.verify.Health;
import io.heal8s.operator.verify.HealthJudge;
import io.heal8s.operator.verify.VerifyReason;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One whose change is live, or that has nothing to change: is the target healthy? */
final class Verifying {

  private final Turn turn;
  private final Verification verification;

  Verifying(Turn turn) {
    this.turn = turn;
    this.verification = Objects.requireNonNull(turn.status().verification());
  }

  Step step() {
    if (turn.mergeSeen() && !NothingToChange.applies(turn)) {
      return again();
    }
    Applied applied = turn.status().applied();
    if (applied != null) {
      Set<Query> missing =
          Syncing.missing(turn, LiveValues.queries(turn.target(), applied.changes()));
      if (!missing.isEmpty()) {
        return new Step.Read(missing);
      }
      LiveValues live = LiveValues.of(turn.target(), applied.changes(), turn.known());
      if (live.gone()) {
        return gone("the target was deleted or replaced");
      }
      if (!live.allDone()) {
        return unhealthy(
            VerifyReason.ValuesChanged, "the target does not show the applied values any more");
      }
      if (scaledToNothing(applied)) {
        String message = "scaled to 0 as asked, so no pod is left that could be healthy";
        return Step.be(
            turn.draft()
                .isTrue(ConditionType.Verified, VerifyReason.Healthy, message)
                .end(Phase.Succeeded, LifecycleReason.Healthy.name(), message),
            null);
      }
    }
    return switch (HealthJudge.of(turn.target(), turn.known())) {
      case Health.NeedsReading(Set<Query> queries) -> new Step.Read(queries);
      case Health.Missing(String message) -> gone(message);
      case Health.Unhealthy(VerifyReason reason, String message) -> unhealthy(reason, message);
      case Health.Healthy healthy -> healthy(healthy);
    };
  }

  private boolean scaledToNothing(Applied applied) {
    return turn.remediation().spec().action().type() == ActionType.ScaleTo
        && applied.changes().stream().anyMatch(change -> "0".equals(change.after()));
  }

  /** Another change was merged meanwhile: both are verified, this one's window starts anew. */
  private Step again() {
    StatusDraft draft = turn.draft();
    draft
        .verification(new Verification(draft.now(), null, null, null))
        .because(
            LifecycleReason.Verifying, "another change was merged; health is verified once more");
    return Step.be(draft, turn.now().plus(Pace.FIRST));
  }

  private Step gone(String message) {
    return Endings.failed(turn, LifecycleReason.TargetGone, message);
  }

  private Step healthy(Health.Healthy healthy) {
    OffsetDateTime since = verification.healthySince();
    Integer restarts = verification.restarts();
    boolean broke =
        since != null
            && ((restarts != null && healthy.restarts() > restarts)
                || healthy.readySince().isAfter(since.toInstant()));
    if (since == null || broke) {
      return began(healthy, broke);
    }
    Instant proven = since.toInstant().plus(healthyFor());
    if (turn.now().isBefore(proven)) {
      Instant next = Pace.verify(verification.startedAt(), turn.now());
      return Step.be(unchanged(), next.isBefore(proven) ? next : proven);
    }
    String message = "healthy for " + told(healthyFor());
    StatusDraft draft = turn.draft().isTrue(ConditionType.Verified, VerifyReason.Healthy, message);
    return Step.be(
        NothingToChange.applies(turn)
            ? NothingToChange.healthy(turn, draft)
            : draft.end(Phase.Succeeded, LifecycleReason.Healthy.name(), message),
        null);
  }

  private Step began(Health.Healthy healthy, boolean broke) {
    if (broke && windowOver()) {
      return NotProven.step(turn, "health did not hold within the window");
    }
    StatusDraft draft = turn.draft();
    String message = "healthy; must hold for " + told(healthyFor());
    draft
        .verification(
            new Verification(verification.startedAt(), draft.now(), healthy.restarts(), message))
        .isFalse(ConditionType.Verified, VerifyReason.HealthyFor, message)
        .because(LifecycleReason.Verifying, message);
    Instant proven = turn.now().plus(healthyFor());
    Instant next = turn.now().plus(Pace.FIRST);
    return Step.be(draft, next.isBefore(proven) ? next : proven);
  }

  private Step unhealthy(VerifyReason reason, String message) {
    if (windowOver()) {
      return NotProven.step(turn, message);
    }
    Instant next = Pace.verify(verification.startedAt(), turn.now());
    Instant end = windowEnd();
    return Step.be(missing(reason, message), next.isBefore(end) ? next : end);
  }

  // Written when the kind of problem changes, not with every pod that is replaced.
  private StatusDraft missing(VerifyReason reason, String message) {
    var verified = turn.status().condition(ConditionType.Verified);
    boolean told =
        verification.healthySince() == null
            && verified != null
            && verified.reason().equals(reason.name());
    if (told) {
      return unchanged();
    }
    return turn.draft()
        .verification(new Verification(verification.startedAt(), null, null, message))
        .isFalse(ConditionType.Verified, reason, message)
        .because(LifecycleReason.Verifying, message);
  }

  private StatusDraft unchanged() {
    return turn.draft()
        .because(
            LifecycleReason.Verifying, Objects.requireNonNullElse(turn.status().message(), ""));
  }

  /** The window bounds the time until health begins; health that began in time may be proven. */
  private boolean windowOver() {
    return !turn.now().isBefore(windowEnd());
  }

  private Instant windowEnd() {
    Verify verify = turn.remediation().spec().verify();
    return verification
        .startedAt()
        .toInstant()
        .plus(duration(verify == null ? null : verify.window(), turn.policy().verifyWindow()));
  }

  private Duration healthyFor() {
    Verify verify = turn.remediation().spec().verify();
    return duration(verify == null ? null : verify.healthyFor(), turn.policy().healthyFor());
  }

  private static Duration duration(@Nullable String text, Duration unset) {
    return DurationText.parse(text).orElse(unset);
  }

  private static String told(Duration duration) {
    return duration.toSeconds() + " s";
  }
}
