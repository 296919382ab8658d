// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which fields differ between two states. Where both sides are objects their keys are compared;
 * anything else is one field, so a list that changed anywhere is one change, and an object that
 * came or went is one change of the parent's key.
 */
public final class StateDiff {

  private StateDiff() {}

  /**
   * The changed fields.
   *
   * @return sorted by path; empty when the states are the same value
   */
  public static List<FieldChange> between(JsonObject before, JsonObject after) {
    List<FieldChange> changes = new ArrayList<>();
    compare("", before, after, changes);
    changes.sort(Comparator.comparing(FieldChange::path));
    return List.copyOf(changes);
  }

  private static void compare(
      String path, JsonObject before, JsonObject after, List<FieldChange> changes) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      JsonElement old = before.get(key);
      JsonElement now = after.get(key);
      if (old instanceof JsonObject one && now instanceof JsonObject other) {
        compare(child(path, key, keys), one, other, changes);
      } else if (!Equality.sameOrAbsent(old, now)) {
        changes.add(new FieldChange(child(path, key, keys), key, old, now));
      }
    }
  }

  private static String child(String path, String key, Set<String> siblings) {
    return StatePath.child(path, key, isAmbiguous(key, siblings));
  }

  // Dots are kept as they are where they cannot be taken for nesting.
  private static boolean isAmbiguous(String key, Set<String> siblings) {
    if (key.isEmpty() || key.indexOf('[') >= 0 || key.indexOf('"') >= 0) {
      return true;
    }
    for (int dot = key.indexOf('.'); dot >= 0; dot = key.indexOf('.', dot + 1)) {
      if (siblings.contains(key.substring(0, dot))) {
        return true;
      }
    }
    return false;
  }
}
