// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heal8s.core.api.kco.targetapp.AppAction;
import io.heal8s.core.api.kco.targetapp.Trigger;
import io.heal8s.graphql.change.FreeValue;
import io.heal8s.graphql.change.StateDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An action in the spelling of the wire, and what it is recognised by. */
public final class ActionJson {

  private ActionJson() {}

  /** The action as its object holds it. */
  public static JsonObject of(AppAction action) {
    JsonObject json = new JsonObject();
    json.add("trigger", of(action.trigger()));
    add(json, "action", action.action() == null ? null : action.action().name());
    json.add("parameters", FreeValue.json(action.parametersOrEmpty()));
    add(json, "cooldownSeconds", action.cooldownSeconds());
    add(json, "includeState", action.includeState() == null ? null : action.includeState().name());
    return json;
  }

  /** The trigger as its object holds it. */
  public static JsonObject of(Trigger trigger) {
    JsonObject json = new JsonObject();
    add(json, "field", trigger.field());
    add(json, "condition", trigger.condition() == null ? null : trigger.condition().name());
    json.add("value", FreeValue.json(trigger.value()));
    add(json, "when", trigger.when());
    add(json, "mode", trigger.mode() == null ? null : trigger.mode().name());
    add(json, "for", trigger.holdFor());
    return json;
  }

  /**
   * Keys of the triggers, for {@code status.watched}: the words of the trigger and what it causes,
   * not where it stands in the list nor with which parameters. So an edited address fires nothing
   * again and an edited trigger is looked at anew.
   *
   * @return one key for each action, 24 hex digits, all different
   */
  public static List<String> watchKeys(List<AppAction> actions) {
    Map<String, Integer> seen = new HashMap<>();
    List<String> keys = new ArrayList<>(actions.size());
    for (AppAction action : actions) {
      String words = action.action() + " " + StateDigest.canonicalJson(of(action.trigger()));
      int number = seen.merge(words, 1, Integer::sum);
      keys.add(StateDigest.sha256(number + " " + words).substring(0, 24));
    }
    return List.copyOf(keys);
  }

  private static void add(JsonObject json, String name, @Nullable Object value) {
    if (value != null) {
      JsonElement element = FreeValue.json(value);
      json.add(name, element);
    }
  }
}
