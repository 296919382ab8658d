// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Applied;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Revert;
import io.heal8s.core.api.k8shealer.remediation.Verification;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.decide.Verdict;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A status in the making. Fields and conditions of other writers stay as they are; phase and the
 * three kstatus conditions are derived at the end, in {@link #build}.
 */
final class StatusDraft {

  // The limit of the CRD for each message: one that is refused would stop its whole target.
  private static final int LONGEST_MESSAGE = 32_768;

  private final RemediationStatus before;
  private final @Nullable Long generation;
  private final OffsetDateTime now;
  private final List<Condition> conditions;

  private @Nullable ResolvedTarget target;
  private @Nullable String joinedTo;
  private @Nullable Plan plan;
  private @Nullable RecordedIntent intent;
  private @Nullable Applied applied;
  private @Nullable Verification verification;
  private @Nullable Integer attempts;
  private @Nullable Revert revert;
  private @Nullable OffsetDateTime appliedAt;
  private @Nullable Phase end;
  private boolean stalled;
  private String reason;
  private String message;

  private StatusDraft(Remediation remediation, Instant now) {
    this.before = remediation.statusOrEmpty();
    this.generation = remediation.getMetadata().getGeneration();
    this.now = now.atOffset(ZoneOffset.UTC);
    this.conditions = new ArrayList<>(before.conditions());
    this.target = before.target();
    this.joinedTo = before.joinedTo();
    this.plan = before.plan();
    this.intent = before.intent();
    this.applied = before.applied();
    this.verification = before.verification();
    this.attempts = before.attempts();
    this.revert = before.revert();
    this.appliedAt = before.appliedAt();
    this.reason = Objects.requireNonNullElse(before.reason(), "");
    this.message = Objects.requireNonNullElse(before.message(), "");
  }

  /** A draft that changes nothing yet. */
  static StatusDraft of(Remediation remediation, Instant now) {
    return new StatusDraft(remediation, now);
  }

  /** The time of the draft, as it is written. */
  OffsetDateTime now() {
    return now;
  }

  StatusDraft target(ResolvedTarget value) {
    this.target = value;
    return this;
  }

  StatusDraft joinedTo(@Nullable String value) {
    this.joinedTo = value;
    return this;
  }

  StatusDraft plan(Plan value) {
    this.plan = value;
    return this;
  }

  StatusDraft intent(@Nullable RecordedIntent value) {
    this.intent = value;
    return this;
  }

  StatusDraft applied(Applied value) {
    this.applied = value;
    return this;
  }

  StatusDraft live() {
    if (appliedAt == null) {
      this.appliedAt = now;
    }
    return this;
  }

  StatusDraft verification(@Nullable Verification value) {
    this.verification =
        value == null || value.message() == null
            ? value
            : new Verification(
                value.startedAt(), value.healthySince(), value.restarts(), cut(value.message()));
    return this;
  }

  StatusDraft oneMoreAttempt() {
    this.attempts = attempts == null ? 1 : attempts + 1;
    return this;
  }

  StatusDraft revert(Revert value) {
    this.revert = new Revert(value.changes(), cut(value.reason()), value.requestedAt());
    return this;
  }

  /** Why it is where it is, and that nobody need do anything. */
  StatusDraft because(Reason why, String sentence) {
    return because(why.name(), sentence);
  }

  /** The same with a reason that another writer gave. */
  StatusDraft because(String why, String sentence) {
    this.reason = why;
    this.message = cut(sentence);
    this.stalled = false;
    return this;
  }

  /** Waits for a person. */
  StatusDraft stalled(Verdict verdict) {
    return stalled(verdict.reason().name(), verdict.message());
  }

  /** Waits for a person, with a reason that another writer may have given. */
  StatusDraft stalled(String why, String sentence) {
    this.reason = why;
    this.message = cut(sentence);
    this.stalled = true;
    return this;
  }

  /** Nothing more happens to it. */
  StatusDraft end(Phase phase, String why, String sentence) {
    this.end = phase;
    this.reason = why;
    this.message = cut(sentence);
    this.stalled = false;
    return this;
  }

  StatusDraft condition(ConditionType type, Condition.Status status, String why, String sentence) {
    Condition old = find(type);
    OffsetDateTime since =
        old != null && old.status() == status && old.lastTransitionTime() != null
            ? old.lastTransitionTime()
            : now;
    Condition next = new Condition(type.name(), status, generation, since, why, cut(sentence));
    if (old == null) {
      conditions.add(next);
    } else {
      conditions.set(conditions.indexOf(old), next);
    }
    return this;
  }

  StatusDraft isTrue(ConditionType type, Reason why, String sentence) {
    return condition(type, Condition.Status.True, why.name(), sentence);
  }

  StatusDraft isFalse(ConditionType type, Reason why, String sentence) {
    return condition(type, Condition.Status.False, why.name(), sentence);
  }

  private static String cut(String sentence) {
    return ForeignText.cut(sentence, LONGEST_MESSAGE);
  }

  private @Nullable Condition find(ConditionType type) {
    for (Condition condition : conditions) {
      if (condition.type().equals(type.name())) {
        return condition;
      }
    }
    return null;
  }

  /** The finished status. */
  RemediationStatus build() {
    RemediationStatus draft = assemble(null, null, null);
    Phase phase = end == null ? PhaseRule.of(draft) : end;
    Kstatus.write(this, phase, stalled, reason, message);
    boolean moved = phase != before.phase() || !reason.equals(before.reason());
    return assemble(
        phase,
        phase.isEnd() && before.resolvedAt() == null ? now : before.resolvedAt(),
        moved ? now : before.lastUpdateTime());
  }

  private RemediationStatus assemble(
      @Nullable Phase phase,
      @Nullable OffsetDateTime resolvedAt,
      @Nullable OffsetDateTime lastUpdateTime) {
    return new RemediationStatus(
        generation,
        phase,
        reason,
        message,
        target,
        joinedTo,
        plan,
        intent,
        applied,
        verification,
        attempts,
        before.pullRequest(),
        revert,
        before.revertPullRequest(),
        before.prNumber(),
        before.prUrl(),
        before.commitSHA(),
        appliedAt,
        resolvedAt,
        lastUpdateTime,
        conditions);
  }
}
