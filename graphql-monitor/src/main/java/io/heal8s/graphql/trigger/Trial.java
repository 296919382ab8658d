// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonObject;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.AppAction.ActionName;
import io.heal8s.core.api.kco.targetapp.Trigger;
import io.heal8s.core.api.kco.targetapp.Watched;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.decide.DurationText;
import io.heal8s.graphql.change.ChangeEvents;
import io.heal8s.graphql.change.FieldChange;
import io.heal8s.graphql.change.StateDiff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would follow from one change, for people who try a trigger. Two states know no time, so
 * {@code for} counts as over, in the state before as well, and no cooldown runs.
 *
 * @param changed paths of the changed fields, sorted; empty for the first state
 * @param initial whether it is the first state
 * @param fires whether the trigger fires; false without a trigger
 * @param events what people would be told
 * @param problem what is wrong with the trigger, null for nothing
 */
public record Trial(
    List<String> changed,
    boolean initial,
    boolean fires,
    List<Announcement> events,
    @Nullable String problem) {

  private static final String KEY = "trial";

  public Trial {
    changed = List.copyOf(changed);
    events = List.copyOf(events);
  }

  /**
   * Tries a change.
   *
   * @param judge looks at the trigger
   * @param app name that events show
   * @param before the state before, null for the first poll
   * @param state the state now
   * @param trigger null for none
   */
  public static Trial of(
      TriggerJudge judge,
      String app,
      @Nullable JsonObject before,
      JsonObject state,
      @Nullable Trigger trigger) {
    boolean initial = before == null;
    List<FieldChange> changes = before == null ? List.of() : StateDiff.between(before, state);
    List<String> changed = changes.stream().map(FieldChange::path).toList();
    List<Announcement> events =
        initial ? List.of(ChangeEvents.initial(app)) : ChangeEvents.of(app, changes);
    if (trigger == null) {
      return new Trial(changed, initial, false, events, null);
    }
    AppAction action = new AppAction(withoutFor(trigger), ActionName.webhook, null, null, null);
    Watched known = before == null ? null : firstLook(judge, action, before);
    Moment now =
        new Moment(state, before, changed, initial, initial || !changes.isEmpty(), Instant.EPOCH);
    TriggerJudge.Judged judged = judge.judge(action, KEY, known, now);
    boolean fires = judged.fires() && !firedBefore(trigger, known);
    return new Trial(changed, initial, fires, events, judged.problem());
  }

  // With "for" it fires once while it holds.
  private static boolean firedBefore(Trigger trigger, @Nullable Watched known) {
    return known != null
        && Boolean.TRUE.equals(known.held())
        && trigger.mode() != Trigger.Mode.level
        && DurationText.parse(trigger.holdFor()).filter(Duration::isPositive).isPresent();
  }

  private static Watched firstLook(TriggerJudge judge, AppAction action, JsonObject before) {
    Moment then = new Moment(before, null, List.of(), true, true, Instant.EPOCH);
    return judge.judge(action, KEY, null, then).watched();
  }

  // What is no duration is left for the judge to tell.
  private static Trigger withoutFor(Trigger trigger) {
    if (DurationText.parse(trigger.holdFor()).isEmpty()) {
      return trigger;
    }
    return new Trigger(
        trigger.field(),
        trigger.condition(),
        trigger.value(),
        trigger.when(),
        trigger.mode(),
        null);
  }
}
