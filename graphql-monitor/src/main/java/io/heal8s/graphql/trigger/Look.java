// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import io.heal8s.core.api.kco.targetapp.Watched;
import io.heal8s.graphql.change.FieldChange;
import io.heal8s.graphql.change.StateDigest;
import io.heal8s.graphql.change.StatePath;
import io.heal8s.graphql.intent.Seen;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A state as triggers look at it: as one, or where every pod was asked pod by pod.
 *
 * @param gaps the state, with what is not known of it
 * @param perPod whether each pod has its own state in it
 * @param judge looks at each trigger
 * @param values the states for expressions
 * @param pods the same state pod by pod, by the pods' names; empty where it is one
 */
record Look(
    Gaps gaps, boolean perPod, TriggerJudge judge, CelValues values, Map<String, Gaps> pods) {

  /** Nothing is looked at yet. */
  Look(Gaps gaps, boolean perPod, TriggerJudge judge) {
    this(gaps, perPod, judge, new CelValues(), perPod ? gaps.ofPods() : Map.of());
  }

  /**
   * What came of looking with one trigger.
   *
   * @param watched what to remember
   * @param fired the moment that makes the action due, null when it is not
   * @param problem what is wrong with the trigger, null for nothing
   */
  record Judged(List<Watched> watched, @Nullable Moment fired, @Nullable String problem) {}

  /** How many states a trigger looks at. */
  int views() {
    return perPod ? pods.size() : 1;
  }

  /** The states by pod; empty where there are none. */
  static JsonObject podsOf(@Nullable JsonObject state) {
    return state != null && state.get(Seen.PODS) instanceof JsonObject pods
        ? pods
        : new JsonObject();
  }

  /**
   * Looks with one trigger.
   *
   * @param known what every trigger saw last
   * @param moment the whole state
   */
  Judged judge(AppAction action, String key, Map<String, Watched> known, Moment moment) {
    if (perPod) {
      return new PodTrigger(action, key, known, this).judge(moment);
    }
    Watched before = known.get(key);
    if (before != null && isHidden(action, gaps)) {
      return new Judged(List.of(before), null, null);
    }
    TriggerJudge.Judged judged = judge.judge(action, key, before, moment, values);
    return new Judged(List.of(judged.watched()), judged.fires() ? moment : null, judged.problem());
  }

  static boolean isHidden(AppAction action, Gaps seen) {
    String field = action.trigger().field();
    return !seen.unknown().isEmpty()
        && (action.trigger().when() != null
            || (field != null && seen.hide(StatePath.parse(field))));
  }

  /** What changed while nobody looked is known of the watched fields only. */
  List<FieldChange> watchedChanges(
      TargetAppSpec spec, List<String> keys, Map<String, Watched> known) {
    Map<String, FieldChange> changes = new TreeMap<>();
    for (int i = 0; i < keys.size(); i++) {
      String field = spec.actionsOrEmpty().get(i).trigger().field();
      if (field == null) {
        continue;
      }
      if (perPod) {
        for (Map.Entry<String, Gaps> pod : pods.entrySet()) {
          String path = Seen.PODS + "." + pod.getKey() + "." + field;
          Watched before = known.get(PodTrigger.key(keys.get(i), pod.getKey()));
          change(path, field, before, pod.getValue(), changes);
        }
      } else {
        change(field, field, known.get(keys.get(i)), gaps, changes);
      }
    }
    return List.copyOf(changes.values());
  }

  private static void change(
      String told,
      String field,
      @Nullable Watched before,
      Gaps seen,
      Map<String, FieldChange> changes) {
    if (before == null) {
      return;
    }
    StatePath path = StatePath.parse(field);
    JsonElement now = path.read(seen.state());
    String digest = now == null ? null : StateDigest.ofValue(now);
    if (!seen.hide(path) && !Objects.equals(digest, before.digest())) {
      JsonElement old = before.value() == null ? null : JsonParser.parseString(before.value());
      changes.put(told, new FieldChange(told, lastKey(path), old, now));
    }
  }

  private static String lastKey(StatePath path) {
    return path.steps().getLast() instanceof StatePath.Step.Key(String name) ? name : "";
  }
}
