// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonElement;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.Trigger;
import io.heal8s.core.api.kco.targetapp.Watched;
import io.heal8s.core.decide.DurationText;
import io.heal8s.graphql.change.FreeValue;
import io.heal8s.graphql.change.StateDigest;
import io.heal8s.graphql.change.StatePath;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether one trigger fires. It fires when it holds and its field moved, or when it begins to hold;
 * with {@code for}, once it held that long; in level mode also while it goes on holding. A cooldown
 * delays a firing that is due and does not lose it, as long as the trigger still holds.
 */
public final class TriggerJudge {

  private static final int MAX_VALUE = 256;

  private final WhenExpressions expressions = new WhenExpressions();

  /** Knows nothing of any trigger. */
  public TriggerJudge() {}

  /**
   * What came of looking.
   *
   * @param watched what to remember; the same as before when nothing was learned
   * @param fires whether the action is due
   * @param problem what is wrong with the trigger, for the one who wrote it; null for nothing
   */
  public record Judged(Watched watched, boolean fires, @Nullable String problem) {}

  /**
   * Looks at one action's trigger.
   *
   * @param action whose trigger
   * @param key which trigger, see {@link ActionJson#watchKeys}
   * @param before what was remembered, null when this trigger is looked at for the first time
   * @param moment the state
   */
  public Judged judge(AppAction action, String key, @Nullable Watched before, Moment moment) {
    return judge(action, key, before, moment, new CelValues());
  }

  /** The same as one of several that look at the same states. */
  Judged judge(
      AppAction action, String key, @Nullable Watched before, Moment moment, CelValues values) {
    Trigger trigger = action.trigger();
    boolean heldBefore = before != null && Boolean.TRUE.equals(before.held());
    // Of a state that did not move, what was seen before counts: a part of it may not be known now.
    Sight sight =
        before == null || moment.moved()
            ? look(trigger, moment, values)
            : new Sight(before.digest(), before.value(), heldBefore, null);
    boolean fieldMoved = before == null || !Objects.equals(before.digest(), sight.digest());
    boolean going = sight.holds() && heldBefore;
    Duration holdFor = holdFor(trigger);
    OffsetDateTime since = since(sight.holds(), going ? before : null, moment.now());
    boolean firedInPeriod = going && before != null && Boolean.TRUE.equals(before.fired());

    boolean due =
        since != null
            && !Duration.between(since.toInstant(), moment.now()).minus(holdFor).isNegative();
    boolean moved = trigger.field() != null && fieldMoved && holdFor.isZero();
    boolean news = !firedInPeriod || trigger.mode() == Trigger.Mode.level || moved;
    boolean cooling = moment.full() || isCooling(action, before, moment.now());
    boolean fires = due && news && !cooling;
    // A move meanwhile is owed: it fires when that is over, if the trigger holds then.
    boolean owed = due && moved && cooling;

    Watched watched =
        new Watched(
            key,
            sight.digest(),
            sight.value(),
            sight.holds(),
            since,
            sight.holds() ? (firedInPeriod && !owed) || fires : null,
            fires ? time(moment.now()) : before == null ? null : before.firedAt());
    return new Judged(watched, fires, sight.problem());
  }

  /** Whether it may become due though the state stays what it is. */
  public static boolean dependsOnTime(AppAction action) {
    Integer cooldown = action.cooldownSeconds();
    return action.trigger().holdFor() != null
        || action.trigger().mode() == Trigger.Mode.level
        || (cooldown != null && cooldown > 0);
  }

  private record Truth(boolean holds, @Nullable String problem) {}

  /**
   * What a trigger sees.
   *
   * @param digest of the field's value, null when it is not there
   * @param value its JSON where that is short
   */
  private record Sight(
      @Nullable String digest, @Nullable String value, boolean holds, @Nullable String problem) {}

  private Sight look(Trigger trigger, Moment moment, CelValues values) {
    JsonElement current =
        trigger.field() == null ? null : StatePath.parse(trigger.field()).read(moment.state());
    Truth truth = holds(trigger, current, moment, values);
    return new Sight(
        current == null ? null : StateDigest.ofValue(current),
        current == null ? null : shortText(current),
        truth.holds(),
        truth.problem());
  }

  private Truth holds(
      Trigger trigger, @Nullable JsonElement current, Moment moment, CelValues values) {
    if (trigger.holdFor() != null && DurationText.parse(trigger.holdFor()).isEmpty()) {
      return new Truth(false, "for is no duration: write it like 45s, 10m, 1h30m or 2d");
    }
    if (trigger.field() != null || trigger.when() == null) {
      if (trigger.field() == null || trigger.field().isEmpty()) {
        return new Truth(false, "the trigger has no field");
      }
      if (trigger.condition() == null) {
        return new Truth(false, "the trigger has no condition that this release knows");
      }
      JsonElement value = FreeValue.json(trigger.value());
      if (!FieldCondition.holds(trigger.condition(), current, value)) {
        return new Truth(false, null);
      }
    }
    if (trigger.when() == null) {
      return new Truth(true, null);
    }
    try {
      return new Truth(expressions.of(trigger.when()).holds(moment, values), null);
    } catch (WhenExpression.UnusableException wrong) {
      return new Truth(false, "when: " + wrong.getMessage());
    }
  }

  private static @Nullable OffsetDateTime since(
      boolean holds, @Nullable Watched going, Instant now) {
    if (!holds) {
      return null;
    }
    return going != null && going.since() != null ? going.since() : time(now);
  }

  private static boolean isCooling(AppAction action, @Nullable Watched before, Instant now) {
    Integer seconds = action.cooldownSeconds();
    OffsetDateTime fired = before == null ? null : before.firedAt();
    return seconds != null && fired != null && now.isBefore(fired.toInstant().plusSeconds(seconds));
  }

  private static Duration holdFor(Trigger trigger) {
    Optional<Duration> given = DurationText.parse(trigger.holdFor());
    return given.orElse(Duration.ZERO);
  }

  private static @Nullable String shortText(JsonElement value) {
    String text = value.toString();
    return text.length() <= MAX_VALUE ? text : null;
  }

  // As precise as the API server keeps it, so that what is read back is what was written.
  private static OffsetDateTime time(Instant now) {
    return now.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
