// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Detector;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.DurationText;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.intent.EffectKind;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a Remediation means to the others of its target, read off its status.
 *
 * @param remediation the object
 */
public record Standing(Remediation remediation) {

  /**
   * Oldest first. Between objects of one second the list of the detector decides that asked for
   * them, then the name.
   */
  public static final Comparator<Remediation> BY_AGE =
      Comparator.comparing((Remediation r) -> new Standing(r).created())
          .thenComparing(Edge.ORDER)
          .thenComparing(r -> Objects.requireNonNullElse(r.getMetadata().getName(), ""))
          .thenComparing(r -> Objects.requireNonNullElse(r.getMetadata().getNamespace(), ""));

  /** Its status, never null. */
  public RemediationStatus status() {
    return remediation.statusOrEmpty();
  }

  /** Name of the object. */
  public String name() {
    return Objects.requireNonNullElse(remediation.getMetadata().getName(), "");
  }

  /** Namespace of the object. */
  public String namespace() {
    return Objects.requireNonNullElse(remediation.getMetadata().getNamespace(), "");
  }

  /** When it was created. */
  public Instant created() {
    OffsetDateTime created = remediation.getMetadata().getCreationTimestamp();
    return created == null ? Instant.EPOCH : created.toInstant();
  }

  /** When it was asked for: the alert's start, else the creation. */
  public Instant asked() {
    var alert = remediation.spec().alert();
    OffsetDateTime startsAt = alert == null ? null : alert.startsAt();
    return startsAt == null ? created() : startsAt.toInstant();
  }

  /** Until when it may wait for its first effect. */
  public Instant expires(EffectivePolicy policy) {
    return created().plus(ttl(policy));
  }

  /** How long it may wait; a text that is no duration counts as not written. */
  public Duration ttl(EffectivePolicy policy) {
    return DurationText.parse(remediation.spec().strategy().ttl()).orElse(policy.ttl());
  }

  /** Whether nothing more happens to it. */
  public boolean ended() {
    Phase phase = status().phase();
    return phase != null && phase.isEnd();
  }

  /** Whether it is on its way out of the API server. */
  public boolean vanishing() {
    return remediation.getMetadata().getDeletionTimestamp() != null;
  }

  /** Whether the workload was touched, or is about to be. */
  public boolean hasEffect() {
    return status().intent() != null || status().applied() != null;
  }

  /**
   * Whether it is between its first effect on the workload and its end. A revert that waits for
   * people holds nothing.
   */
  public boolean holds() {
    boolean revertWaits = status().revert() != null && !status().isTrue(ConditionType.RevertMerged);
    return !ended() && hasEffect() && !revertWaits;
  }

  /**
   * Whether it was let through to git and nothing has come of it yet: its pull request is open, or
   * is about to be. So also while the gate holds it back after its pull request was begun.
   */
  public boolean proposed() {
    PullRequest request = status().pullRequest();
    boolean begun =
        request != null
            && (request.state() == PullRequest.State.Pending
                || request.state() == PullRequest.State.Open);
    return (gated() || begun)
        && !ended()
        && !vanishing()
        && !hasEffect()
        && status().verification() == null
        && status().revert() == null;
  }

  /**
   * Whether it will go on by itself and has done nothing yet. One that is stalled or waits for
   * people, by itself or for another one that does, may never go on.
   */
  public boolean awaitsItsTurn() {
    return !ended()
        && !vanishing()
        && !hasEffect()
        && !gated()
        && !awaitsApproval()
        && !heldFor(GateReason.Joined)
        && !status().isTrue(ConditionType.Stalled);
  }

  /**
   * Whether what it asked for was done, or may still be, as far as the gate has judged. It may have
   * been done by nobody: Superseded after it was let through, there was nothing left to do.
   */
  boolean counts() {
    if (vanishing()) {
      return false;
    }
    if (hasEffect() || status().phase() == Phase.Succeeded) {
      return true;
    }
    if (ended()) {
      return gated() && status().phase() == Phase.Superseded;
    }
    return gated() || (judged() && !status().isTrue(ConditionType.Stalled));
  }

  private boolean judged() {
    return status().condition(ConditionType.Gated) != null;
  }

  /** Whether the gate let it through. */
  public boolean gated() {
    return status().isTrue(ConditionType.Gated);
  }

  /** Whether it waits for a person's approval. */
  public boolean awaitsApproval() {
    return heldFor(GateReason.ApprovalRequired);
  }

  private boolean heldFor(GateReason reason) {
    Condition gated = status().condition(ConditionType.Gated);
    return gated != null
        && gated.status() == Condition.Status.False
        && gated.reason().equals(reason.name());
  }

  /** Whether it stands, or stood when it ended, for others that want the same. */
  public boolean stoodForOthers() {
    return repeatable() && (gated() || awaitsApproval());
  }

  /** Whether others that want the same wait for it. */
  public boolean leads() {
    return !ended() && !vanishing() && stoodForOthers();
  }

  /** Whether it ended after it stood for others, and did not heal the target. */
  public boolean failedAttempt() {
    Phase phase = status().phase();
    return (phase == Phase.Failed || phase == Phase.RolledBack || phase == Phase.Expired)
        && stoodForOthers();
  }

  /** Whether its effect is a state of the workload that repeats harmlessly. */
  public boolean repeatable() {
    ActionType type = remediation.spec().action().type();
    return type != null
        && switch (type) {
          case IncreaseMemory, IncreaseCpu, ScaleUp, RollbackImage, RestartWorkload, RestartPods ->
              true;
          case CustomScript,
              ScaleTo,
              PatchResource,
              CallWebhook,
              ExecCommand,
              RunJob,
              Notify,
              RevertChange ->
              false;
        };
  }

  /** Whether both want the same done to the same container. */
  public boolean wantsSameAs(Standing other) {
    ActionSpec own = remediation.spec().action();
    ActionSpec others = other.remediation.spec().action();
    return own.type() == others.type()
        && Objects.equals(own.arguments(), others.arguments())
        && Objects.equals(own.argumentsFrom(), others.argumentsFrom())
        && Objects.equals(container(), other.container());
  }

  /**
   * Whether both ask for a number of replicas, and the same detector asks for this one later, at
   * another edge. All alerts are one detector.
   */
  boolean decidesAnew(Standing earlier) {
    return remediation.spec().action().type() == ActionType.ScaleTo
        && earlier.remediation.spec().action().type() == ActionType.ScaleTo
        && asker().equals(earlier.asker())
        && BY_AGE.compare(earlier.remediation, remediation) < 0
        && !isBeside(earlier);
  }

  /** Whether it decides anew and was never judged, so that nobody knows whether it counts. */
  public boolean mayReplace(Standing earlier) {
    return !judged() && !ended() && !vanishing() && decidesAnew(earlier);
  }

  /** Whether the same edge asked for both, and they are not the same. */
  boolean isBeside(Standing other) {
    return Edge.of(remediation)
        .filter(own -> Edge.of(other.remediation).filter(own::isBeside).isPresent())
        .isPresent();
  }

  // The object that asks, for whichever of its reasons.
  private List<String> asker() {
    Detector detector = remediation.spec().detector();
    return detector == null
        ? List.of()
        : List.of(detector.kind(), detector.name(), Objects.requireNonNullElse(detector.uid(), ""));
  }

  /** Whether both are the same object. */
  public boolean isSameObjectAs(Standing other) {
    return name().equals(other.name()) && namespace().equals(other.namespace());
  }

  /**
   * Whether it only tells somebody outside, so that it neither holds the target nor waits for it.
   */
  public boolean onlyTells() {
    // What is being done counts, not what the action was edited to meanwhile: a call that was
    // made has ended.
    boolean underWay = status().applied() != null && !ended();
    RecordedIntent intent = status().intent();
    ActionType asked = remediation.spec().action().type();
    ActionType type = intent == null || intent.action() == null ? asked : intent.action();
    return !underWay && EffectKind.of(type) == EffectKind.CALL;
  }

  /** When it ended, null while it did not. */
  public @Nullable Instant resolved() {
    OffsetDateTime resolved = status().resolvedAt();
    return resolved == null ? null : resolved.toInstant();
  }

  /** When its effect on the workload began, null when there was none. */
  public @Nullable Instant effectAt() {
    var applied = status().applied();
    return applied == null || onlyTells() ? null : applied.at().toInstant();
  }

  /**
   * When its effect took its place in the budgets: with the record of it. Null when there was none,
   * and for what is not counted.
   */
  public @Nullable Instant placeTakenAt() {
    RecordedIntent intent = status().intent();
    return effectAt() != null || intent == null || onlyTells()
        ? effectAt()
        : intent.recordedAt().toInstant();
  }

  private @Nullable String container() {
    ResolvedTarget target = status().target();
    return target == null ? null : target.container();
  }
}
