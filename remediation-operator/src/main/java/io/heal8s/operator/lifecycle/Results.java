// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Applied;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.Strategy.Mode;
import io.heal8s.core.api.k8shealer.remediation.Verification;
import io.heal8s.operator.intent.RemediationIntent.WriteStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the result of an effect makes of a status; the executor writes it right after the effect.
 */
public final class Results {

  private Results() {}

  /**
   * The direct change was accepted, or was found made.
   *
   * @param generation generation of the target after it
   */
  public static WriteStatus changed(Remediation remediation, long generation, Instant time) {
    return write(remediation, applied(remediation, generation, cut(time)));
  }

  /** The change was taken back, or was found taken back. */
  public static WriteStatus takenBack(Remediation remediation, Instant time) {
    return write(remediation, undone(remediation, cut(time)));
  }

  /** One step of a longer effect was done, or must wait; nothing else changes. */
  public static WriteStatus progress(
      Remediation remediation, LifecycleReason reason, String message, Instant time) {
    return write(remediation, StatusDraft.of(remediation, cut(time)).because(reason, message));
  }

  /** The effect has a result of its own: it is applied and verified by that, or it failed. */
  public static WriteStatus ended(
      Remediation remediation,
      boolean success,
      LifecycleReason reason,
      String message,
      Instant time) {
    return write(remediation, result(remediation, success, reason, message, cut(time)));
  }

  /**
   * A recorded effect is given up.
   *
   * @param failure why it ends as failed; null when nothing was done and the gate judges it anew
   */
  public static WriteStatus givenUp(
      Remediation remediation, @Nullable String failure, Instant time) {
    StatusDraft draft = StatusDraft.of(remediation, cut(time)).intent(null);
    if (failure != null) {
      return write(
          remediation, draft.end(Phase.Failed, LifecycleReason.ActionEdited.name(), failure));
    }
    String message = "what was recorded is not what is asked for any more; it is planned anew";
    return write(
        remediation,
        draft
            .isFalse(ConditionType.Gated, LifecycleReason.Planned, message)
            .because(LifecycleReason.Planned, message));
  }

  static StatusDraft result(
      Remediation remediation,
      boolean success,
      LifecycleReason reason,
      String message,
      Instant now) {
    StatusDraft draft = StatusDraft.of(remediation, now);
    Plan plan = Objects.requireNonNull(remediation.statusOrEmpty().plan());
    draft
        .intent(null)
        .applied(
            new Applied(
                draft.now(), plan.id(), Mode.Direct, List.of(), null, account(remediation)));
    return success
        ? draft
            .live()
            .isTrue(ConditionType.Applied, LifecycleReason.RemediationApplied, message)
            .isTrue(ConditionType.Verified, reason, message)
            .end(Phase.Succeeded, reason.name(), message)
        : draft
            .isFalse(ConditionType.Applied, reason, message)
            .end(Phase.Failed, reason.name(), message);
  }

  /** The API server refused the change for good, before anything was done. */
  public static WriteStatus changeRefused(Remediation remediation, String message, Instant time) {
    String told = "the API server refused the change: " + message;
    return refused(remediation, told, time);
  }

  /** The effect cannot be made until somebody changes something; nothing was done. */
  public static WriteStatus refused(Remediation remediation, String told, Instant time) {
    return write(
        remediation,
        StatusDraft.of(remediation, cut(time))
            .intent(null)
            .isFalse(ConditionType.Gated, LifecycleReason.ApplyRefused, told)
            .stalled(LifecycleReason.ApplyRefused.name(), told));
  }

  /** The API server refused the undo for good; the intent stays, so that it still holds. */
  public static WriteStatus undoRefused(Remediation remediation, String message, Instant time) {
    return write(
        remediation,
        StatusDraft.of(remediation, cut(time))
            .stalled(
                LifecycleReason.ApplyRefused.name(),
                "the API server refused the undo: " + message));
  }

  private static WriteStatus write(Remediation remediation, StatusDraft draft) {
    RemediationStatus status = draft.build();
    return new WriteStatus(remediation, status, Announcements.between(remediation, status), null);
  }

  private static Instant cut(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  /** As {@link #changed}. */
  static StatusDraft applied(Remediation remediation, long generation, Instant now) {
    Plan plan = Objects.requireNonNull(remediation.statusOrEmpty().plan());
    return applied(remediation, plan.changes(), generation, now);
  }

  /**
   * As {@link #changed}, where not all of the plan came out as it was planned.
   *
   * @param made the changes that are there
   */
  static StatusDraft applied(
      Remediation remediation, List<Change> made, long generation, Instant now) {
    StatusDraft draft = StatusDraft.of(remediation, now);
    Plan plan = Objects.requireNonNull(remediation.statusOrEmpty().plan());
    return draft
        .intent(null)
        .applied(
            new Applied(
                draft.now(), plan.id(), Mode.Direct, made, generation, account(remediation)))
        .live()
        .verification(new Verification(draft.now(), null, null, null))
        .isTrue(ConditionType.Applied, LifecycleReason.RemediationApplied, "the change was made")
        .isFalse(ConditionType.Verified, LifecycleReason.Verifying, "")
        .because(LifecycleReason.Verifying, "the change is live; its health is being verified");
  }

  private static @Nullable String account(Remediation remediation) {
    RecordedIntent intent = remediation.statusOrEmpty().intent();
    return intent == null ? null : intent.account();
  }

  static StatusDraft undone(Remediation remediation, Instant now) {
    String why = Objects.requireNonNullElse(remediation.statusOrEmpty().message(), "");
    return StatusDraft.of(remediation, now)
        .intent(null)
        .end(
            Phase.RolledBack,
            LifecycleReason.NotHealthy.name(),
            "the change was taken back; " + why);
  }
}
