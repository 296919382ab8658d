// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act.patch;

import com.google.gson.JsonElement;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.FieldPath;
import io.heal8s.operator.target.LiveObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a live object stands between before and after. By it an effect is found again after a
 * crash, and a merge is seen to be live. Quantities are compared by value.
 */
public sealed interface ChangesState {

  /** Every field holds its new value. */
  record AllAfter() implements ChangesState {}

  /** No field holds its new value, all hold their old one. */
  record AllBefore() implements ChangesState {}

  /** Some fields hold their new and the others their old value. */
  record Mixed() implements ChangesState {}

  /**
   * Somebody else wrote a third value.
   *
   * @param differences for each such field a clause for people: path, what it holds, what was
   *     expected
   */
  record ChangedSince(List<String> differences) implements ChangesState {

    public ChangedSince {
      differences = List.copyOf(differences);
    }
  }

  /**
   * Compares.
   *
   * @param changes of that one object; without any the state is {@link AllAfter}
   * @param live the object, freshly read
   */
  static ChangesState of(List<Change> changes, LiveObject live) {
    int after = 0;
    int before = 0;
    List<String> differences = new ArrayList<>();
    for (Change change : changes) {
      FieldPath path = FieldPath.parse(change.path());
      @Nullable JsonElement found = live.at(path).orElse(null);
      if (FieldValue.holds(found, change.after(), path, change.typeOrDefault())) {
        after++;
      } else if (FieldValue.holds(found, change.before(), path, change.typeOrDefault())) {
        before++;
      } else {
        differences.add(difference(change, found));
      }
    }
    if (!differences.isEmpty()) {
      return new ChangedSince(differences);
    }
    if (before == 0) {
      return new AllAfter();
    }
    return after == 0 ? new AllBefore() : new Mixed();
  }

  private static String difference(Change change, @Nullable JsonElement found) {
    return change.path()
        + " is "
        + (found == null
            ? "not set"
            : found.isJsonPrimitive() ? found.getAsString() : "another one")
        + ", neither "
        + (change.before() == null ? "not set" : change.before())
        + " nor "
        + (change.after() == null ? "not set" : change.after());
  }
}
