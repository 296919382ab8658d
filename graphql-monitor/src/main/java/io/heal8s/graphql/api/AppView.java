// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.PendingRemediation;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.core.api.kco.targetapp.Trigger;
import io.heal8s.core.api.kco.targetapp.Watched;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.trigger.ActionJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The schema's {@code TargetApp}: what its status says. The query, headers and parameters of
 * actions are not told, because they may hold what only the namespace's owner is to read.
 *
 * @param app the object as it is watched
 * @param polledHere whether this process polls it
 * @param polledAt when this process polled it last, null for never
 */
public record AppView(TargetApp app, boolean polledHere, @Nullable Instant polledAt) {

  /** Where a per-pod key of {@code status.watched} goes on after its trigger's. */
  private static final char OF_POD = '.';

  private TargetAppStatus status() {
    return app.statusOrEmpty();
  }

  ObjectKey key() {
    return ObjectKey.of(app.getMetadata());
  }

  /** Its namespace. */
  public String namespace() {
    return key().namespace();
  }

  /** Its name. */
  public String name() {
    return key().name();
  }

  /** Its uid. */
  public String uid() {
    return Objects.requireNonNullElse(app.getMetadata().getUid(), "");
  }

  /** What becomes of it. */
  public State state() {
    return stateOf(app);
  }

  static State stateOf(TargetApp app) {
    return Objects.requireNonNullElse(app.statusOrEmpty().state(), State.Initializing);
  }

  /** Why the last poll failed. */
  public @Nullable String lastError() {
    return status().lastError();
  }

  /** Where the state came from. */
  public @Nullable String endpoint() {
    return status().endpoint();
  }

  /** The last poll, as far as it is known here. */
  public @Nullable Instant lastPolled() {
    return polledAt != null ? polledAt : instant(status().lastPolled());
  }

  /** SHA-256 of the last recorded state. */
  public @Nullable String digest() {
    return status().digest();
  }

  /** Number of the last recorded change. */
  public int sequence() {
    return clamped(status().sequence());
  }

  /** Remediations created so far. */
  public int actionsExecuted() {
    return clamped(status().actionsExecuted());
  }

  /** Events announced so far. */
  public int eventsGenerated() {
    return clamped(status().eventsGenerated());
  }

  /** Names of what is decided and not known to be created. */
  public List<String> pending() {
    return status().pendingOrEmpty().stream().map(PendingRemediation::name).toList();
  }

  /** Its conditions. */
  public List<ConditionView> conditions() {
    return Objects.requireNonNullElse(status().conditions(), List.<Condition>of()).stream()
        .map(ConditionView::of)
        .toList();
  }

  /** What each trigger saw last. */
  public List<WatchedField> watched() {
    List<AppAction> actions = app.spec() == null ? List.of() : app.spec().actionsOrEmpty();
    List<String> keys = ActionJson.watchKeys(actions);
    List<WatchedField> fields = new ArrayList<>();
    for (Watched one : status().watchedOrEmpty()) {
      int dot = one.key().indexOf(OF_POD);
      int action = keys.indexOf(dot < 0 ? one.key() : one.key().substring(0, dot));
      fields.add(
          WatchedField.of(
              action < 0 ? null : action, action < 0 ? null : actions.get(action).trigger(), one));
    }
    fields.sort(
        Comparator.comparing(
            WatchedField::action, Comparator.nullsLast(Comparator.naturalOrder())));
    return List.copyOf(fields);
  }

  /** A count as GraphQL's {@code Int}, which has 32 bits; null is 0. */
  static int clamped(@Nullable Long count) {
    return count == null ? 0 : Math.clamp(count, 0, Integer.MAX_VALUE);
  }

  static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** The schema's {@code Condition}. */
  public record ConditionView(
      String type,
      String status,
      String reason,
      String message,
      @Nullable Integer observedGeneration,
      @Nullable Instant lastTransitionTime) {

    static ConditionView of(Condition condition) {
      return new ConditionView(
          condition.type(),
          condition.status().name(),
          condition.reason(),
          condition.message(),
          condition.observedGeneration() == null ? null : clamped(condition.observedGeneration()),
          instant(condition.lastTransitionTime()));
    }
  }

  /** The schema's {@code WatchedField}. */
  public record WatchedField(
      @Nullable Integer action,
      @Nullable String field,
      @Nullable String condition,
      @Nullable String when,
      @Nullable String value,
      boolean held,
      @Nullable Instant since,
      boolean fired,
      @Nullable Instant firedAt) {

    static WatchedField of(@Nullable Integer action, @Nullable Trigger trigger, Watched watched) {
      Trigger.Condition condition = trigger == null ? null : trigger.condition();
      return new WatchedField(
          action,
          trigger == null ? null : trigger.field(),
          condition == null ? null : condition.name(),
          trigger == null ? null : trigger.when(),
          watched.value(),
          Boolean.TRUE.equals(watched.held()),
          instant(watched.since()),
          Boolean.TRUE.equals(watched.fired()),
          instant(watched.firedAt()));
    }
  }
}
