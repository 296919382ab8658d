// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonObject;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.Watched;
import io.heal8s.graphql.change.FieldChange;
import io.heal8s.graphql.change.StateDiff;
import io.heal8s.graphql.change.StateDigest;
import io.heal8s.graphql.intent.Seen;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One trigger and the states of many pods. It is looked at with each pod's own state and holds for
 * each by itself; pods that make it fire at the same poll are one firing, told of the first of them
 * by name. A cooldown counts for all pods together, also for those that took the place of others.
 *
 * <p>Only what holds is remembered by pod: of a trigger that does not hold nothing is needed, since
 * when it holds later, it begins to. When it fired last is remembered once, under its own key.
 */
final class PodTrigger {

  private static final int KEY_DIGITS = 24;

  private final AppAction action;
  private final String key;
  private final Map<String, Watched> known;
  private final Gaps seen;
  private final Map<String, Gaps> pods;
  private final TriggerJudge judge;
  private final CelValues values;

  PodTrigger(AppAction action, String key, Map<String, Watched> known, Look look) {
    this.action = action;
    this.key = key;
    this.known = known;
    this.seen = look.gaps();
    this.pods = look.pods();
    this.judge = look.judge();
    this.values = look.values();
  }

  /** The key of what a trigger saw in one pod: pods come and go, and their names may be long. */
  static String key(String trigger, String pod) {
    return trigger + "." + StateDigest.sha256(pod).substring(0, KEY_DIGITS);
  }

  Look.Judged judge(Moment moment) {
    JsonObject before = moment.before() == null ? null : Look.podsOf(moment.before());
    OffsetDateTime lastFired = known.containsKey(key) ? known.get(key).firedAt() : null;
    OffsetDateTime firedAt = lastFired;
    List<Watched> watched = new ArrayList<>();
    Moment fired = null;
    String problem = null;
    for (Map.Entry<String, Gaps> pod : pods.entrySet()) {
      Gaps own = pod.getValue();
      Watched remembered = known.get(key(key, pod.getKey()));
      if (remembered != null && Look.isHidden(action, own)) {
        watched.add(remembered);
        continue;
      }
      Moment ofPod = ofPod(moment, remembered, before, pod.getKey(), own.state());
      TriggerJudge.Judged judged =
          judge.judge(
              action,
              key(key, pod.getKey()),
              with(lastFired, remembered, pod.getKey()),
              ofPod,
              values);
      if (judged.fires()) {
        fired = fired == null ? ofPod : fired;
        firedAt = judged.watched().firedAt();
      }
      if (Boolean.TRUE.equals(judged.watched().held())) {
        watched.add(judged.watched());
      }
      problem = problem == null ? judged.problem() : problem;
    }
    // A pod that did not answer and of which only the record is known goes on holding.
    for (List<String> gap : seen.unknown()) {
      if (gap.size() == 2 && gap.getFirst().equals(Seen.PODS) && !pods.containsKey(gap.getLast())) {
        Watched remembered = known.get(key(key, gap.getLast()));
        if (remembered != null) {
          watched.add(remembered);
        }
      }
    }
    if (firedAt != null) {
      watched.addFirst(new Watched(key, null, null, false, null, null, firedAt));
    }
    return new Look.Judged(watched, fired, problem);
  }

  private @Nullable Watched with(
      @Nullable OffsetDateTime lastFired, @Nullable Watched remembered, String pod) {
    if (remembered == null) {
      return lastFired == null
          ? null
          : new Watched(key(key, pod), null, null, false, null, null, lastFired);
    }
    return new Watched(
        remembered.key(),
        remembered.digest(),
        remembered.value(),
        remembered.held(),
        remembered.since(),
        remembered.fired(),
        lastFired);
  }

  private static Moment ofPod(
      Moment moment,
      @Nullable Watched remembered,
      @Nullable JsonObject before,
      String pod,
      JsonObject state) {
    JsonObject own = before != null && before.get(pod) instanceof JsonObject object ? object : null;
    List<String> changed =
        own == null
            ? List.of()
            : StateDiff.between(own, state).stream().map(FieldChange::path).toList();
    boolean initial = moment.initial() || (before != null && own == null);
    // Where nothing is remembered of the pod, it is looked at in any case.
    boolean moved = remembered == null || moment.moved();
    return new Moment(state, own, changed, initial, moved, pod, moment.full(), moment.now());
  }
}
