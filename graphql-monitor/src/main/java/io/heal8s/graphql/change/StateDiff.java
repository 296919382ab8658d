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
 *
 * <p>What an endpoint answers decides how much is told of it, so it is bounded: an object in which
 * more fields changed than anybody reads, or one with a longer path than anybody writes, is one
 * field. An answer of 1 MB could else name its changes by gigabytes of paths.
 */
public final class StateDiff {

  /** Longest path below the top level, in characters. */
  static final int LONGEST_PATH = StatePath.LONGEST_PLAIN;

  /** Most changed fields in one object below the top level. */
  static final int MOST_IN_ONE = 1_000;

  /** Most changed fields; beyond them each key of the top level is one field. */
  static final int MOST = 10_000;

  private final List<FieldChange> changes = new ArrayList<>();

  private StateDiff() {}

  /**
   * The changed fields.
   *
   * @return sorted by path; empty when the states are the same value
   */
  public static List<FieldChange> between(JsonObject before, JsonObject after) {
    StateDiff diff = new StateDiff();
    diff.compareTop(before, after, true);
    if (diff.changes.size() > MOST) {
      diff.changes.clear();
      diff.compareTop(before, after, false);
    }
    diff.changes.sort(Comparator.comparing(FieldChange::path));
    return List.copyOf(diff.changes);
  }

  private void compareTop(JsonObject before, JsonObject after, boolean inside) {
    Set<String> keys = keys(before, after);
    for (String key : keys) {
      JsonElement old = before.get(key);
      JsonElement now = after.get(key);
      if (inside && old instanceof JsonObject one && now instanceof JsonObject other) {
        compareInside(child("", key, keys), key, one, other);
      } else if (!Equality.sameOrAbsent(old, now)) {
        changes.add(new FieldChange(child("", key, keys), key, old, now));
      }
    }
  }

  /** Adds what changed in an object, or the object itself where that is too much to tell. */
  private void compareInside(String path, String key, JsonObject before, JsonObject after) {
    int already = changes.size();
    if (!isTold(path, before, after, already)) {
      changes.subList(already, changes.size()).clear();
      changes.add(new FieldChange(path, key, before, after));
    }
  }

  private boolean isTold(String path, JsonObject before, JsonObject after, int already) {
    Set<String> keys = keys(before, after);
    for (String key : keys) {
      JsonElement old = before.get(key);
      JsonElement now = after.get(key);
      boolean objects = old instanceof JsonObject && now instanceof JsonObject;
      if (!objects && Equality.sameOrAbsent(old, now)) {
        continue;
      }
      String child = child(path, key, keys);
      if (child.length() > LONGEST_PATH) {
        if (!Equality.sameOrAbsent(old, now)) {
          return false;
        }
      } else if (old instanceof JsonObject one && now instanceof JsonObject other) {
        compareInside(child, key, one, other);
      } else {
        changes.add(new FieldChange(child, key, old, now));
      }
      if (changes.size() - already > MOST_IN_ONE) {
        return false;
      }
    }
    return true;
  }

  private static Set<String> keys(JsonObject before, JsonObject after) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys;
  }

  private static String child(String path, String key, Set<String> siblings) {
    return StatePath.child(path, key, isAmbiguous(key, siblings));
  }

  // Dots are kept as they are where they cannot be taken for nesting.
  private static boolean isAmbiguous(String key, Set<String> siblings) {
    if (key.isEmpty()
        || key.length() > LONGEST_PATH
        || key.indexOf('[') >= 0
        || key.indexOf('"') >= 0) {
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
