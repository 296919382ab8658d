// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.kco.targetapp.PendingRemediation;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.core.api.kco.targetapp.Watched;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.status.Conditions;
import io.heal8s.graphql.intent.Seen;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status that is to be written, part by part on top of the recorded one. Not shared. */
final class NextStatus {

  private static final int MAX_TEXT = 4096;

  private final @Nullable Long generation;
  private final Instant now;
  private Conditions conditions;
  private @Nullable State state;
  private @Nullable OffsetDateTime lastPolled;
  private @Nullable String lastError;
  private @Nullable Long actionsExecuted;
  private @Nullable Long eventsGenerated;
  private @Nullable String endpoint;
  private @Nullable String digest;
  private @Nullable String queryDigest;
  private @Nullable Long sequence;
  private @Nullable List<Watched> watched;
  private @Nullable List<PendingRemediation> pending;

  /** Starts from what is recorded. */
  NextStatus(TargetApp app, Instant now) {
    this(app.statusOrEmpty(), app.getMetadata().getGeneration(), now);
  }

  private NextStatus(TargetAppStatus recorded, @Nullable Long generation, Instant now) {
    this.generation = generation;
    this.now = now;
    this.conditions = Conditions.of(recorded.conditions());
    this.state = recorded.state();
    this.lastPolled = recorded.lastPolled();
    this.lastError = recorded.lastError();
    this.actionsExecuted = recorded.actionsExecuted();
    this.eventsGenerated = recorded.eventsGenerated();
    this.endpoint = recorded.endpoint();
    this.digest = recorded.digest();
    this.queryDigest = recorded.queryDigest();
    this.sequence = recorded.sequence();
    this.watched = recorded.watched();
    this.pending = recorded.pending();
  }

  /** That status once everything pending is created. */
  static TargetAppStatus cleared(TargetAppStatus status, int created, int events) {
    return new NextStatus(status, status.observedGeneration(), Instant.EPOCH)
        .pending(List.of())
        .counted(created, events)
        .build(false);
  }

  /**
   * The state is known.
   *
   * @param gaps what could not be told of it; empty for nothing
   * @param slowed that it is asked less often than wanted; empty where it is not
   */
  NextStatus monitoring(List<Seen.Gap> gaps, String slowed) {
    String text = Gaps.text(gaps);
    state = State.Monitoring;
    lastError = text.isEmpty() ? null : ForeignText.cut(text, MAX_TEXT);
    MonitorReason reason =
        !gaps.isEmpty()
            ? MonitorReason.PartialState
            : slowed.isEmpty() ? MonitorReason.Monitoring : MonitorReason.RateLimited;
    String message = text + (text.isEmpty() || slowed.isEmpty() ? "" : "; ") + slowed;
    conditions =
        conditions.with(
            MonitorCondition.Ready, Condition.Status.True, reason, message, generation, now);
    conditions = conditions.without(MonitorCondition.Reconciling);
    return this;
  }

  /** The state is not known. */
  NextStatus failed(Reason reason, String message, boolean stalled) {
    state = digest == null && !stalled ? State.Initializing : State.Failed;
    lastError = ForeignText.cut(message, MAX_TEXT);
    conditions =
        conditions.with(
            MonitorCondition.Ready, Condition.Status.False, reason, message, generation, now);
    conditions =
        stalled
            ? conditions.without(MonitorCondition.Reconciling)
            : conditions.with(
                MonitorCondition.Reconciling,
                Condition.Status.True,
                reason,
                message,
                generation,
                now);
    return this;
  }

  /**
   * Somebody must change something, or with null nobody must; but that Remediations cannot be
   * created is true as long as they are pending.
   */
  NextStatus stalled(@Nullable Reason reason, String message) {
    if (reason != null) {
      conditions =
          conditions.with(
              MonitorCondition.Stalled, Condition.Status.True, reason, message, generation, now);
    } else if (!isStalledBy(conditions, MonitorReason.RemediationNotCreated)) {
      conditions = conditions.without(MonitorCondition.Stalled);
    }
    return this;
  }

  /** These cannot be created. Whatever else somebody must change is told before that. */
  NextStatus uncreated(List<PendingRemediation> pending, String message) {
    if (conditions.get(MonitorCondition.Stalled) == null
        || isStalledBy(conditions, MonitorReason.RemediationNotCreated)) {
      stalled(MonitorReason.RemediationNotCreated, message);
    }
    return pending(pending);
  }

  /** Whether a status is {@link MonitorCondition#Stalled} for that reason. */
  static boolean isStalledBy(TargetAppStatus status, MonitorReason reason) {
    return isStalledBy(Conditions.of(status.conditions()), reason);
  }

  private static boolean isStalledBy(Conditions conditions, MonitorReason reason) {
    Condition stalled = conditions.get(MonitorCondition.Stalled);
    return stalled != null && stalled.reason().equals(reason.name());
  }

  /** Where the state came from. */
  NextStatus endpoint(String endpoint) {
    this.endpoint = ForeignText.cut(endpoint, MAX_TEXT);
    return this;
  }

  /** What the triggers saw. */
  NextStatus watched(List<Watched> watched) {
    this.watched = watched;
    return this;
  }

  /** What the state is recognised by, and the number of its change. */
  NextStatus seen(String digest, String queryDigest, long sequence) {
    this.digest = digest;
    this.queryDigest = queryDigest;
    this.sequence = sequence;
    return this;
  }

  /** What is decided and not done. */
  NextStatus pending(List<PendingRemediation> pending) {
    this.pending = pending.isEmpty() ? null : List.copyOf(pending);
    if (pending.isEmpty() && isStalledBy(conditions, MonitorReason.RemediationNotCreated)) {
      conditions = conditions.without(MonitorCondition.Stalled);
    }
    return this;
  }

  /** So many more Remediations and events. */
  NextStatus counted(long actions, long events) {
    actionsExecuted = (actionsExecuted == null ? 0 : actionsExecuted) + actions;
    eventsGenerated = (eventsGenerated == null ? 0 : eventsGenerated) + events;
    return this;
  }

  /**
   * The status.
   *
   * @param polled whether a poll is behind it
   */
  TargetAppStatus build(boolean polled) {
    return new TargetAppStatus(
        generation,
        state,
        polled ? now.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC) : lastPolled,
        lastError,
        actionsExecuted,
        eventsGenerated,
        endpoint,
        digest,
        queryDigest,
        sequence,
        watched,
        pending,
        conditions.toList());
  }
}
