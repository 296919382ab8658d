// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.operator.target.LiveObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a patch comes to, seen by comparing an object with what the API server says that it would
 * be.
 */
sealed interface PatchOutcome {

  /** The object would be what it is. */
  record Nothing() implements PatchOutcome {}

  /**
   * These values change, and nothing else.
   *
   * @param changes at least one
   */
  record Exact(List<Change> changes) implements PatchOutcome {

    public Exact {
      changes = List.copyOf(changes);
    }
  }

  /**
   * More changes than a status can hold.
   *
   * @param why clause for people
   */
  record TooMuch(String why) implements PatchOutcome {}

  /** Bounds of the CRD for one list of changes. */
  int MOST_CHANGES = 64;

  /** Longest path, as the CRD has it. */
  int MOST_PATH = 1024;

  /** All values together, in UTF-16 units: the status holds them twice, beside everything else. */
  int MOST_TEXT = 65_536;

  /**
   * Compares.
   *
   * @param untouched what the object would be after a write of nothing: what changes with any write
   *     is no doing of the patch, unless the patch names it
   * @param fields what the patch names
   */
  static PatchOutcome of(
      LiveObject live, LiveObject patched, Optional<LiveObject> untouched, PatchedFields fields) {
    List<String> byItself =
        untouched.stream()
            .flatMap(written -> ObjectComparison.changes(live, written).stream())
            .map(Change::path)
            .toList();
    List<Change> changes =
        ObjectComparison.changes(live, patched).stream()
            .filter(change -> fields.names(change) || !byItself.contains(change.path()))
            .toList();
    if (changes.isEmpty()) {
      return new Nothing();
    }
    if (changes.size() > MOST_CHANGES) {
      return new TooMuch("it changes more than " + MOST_CHANGES + " values, too many to keep");
    }
    int text = 0;
    for (Change change : changes) {
      if (change.path().length() > MOST_PATH) {
        return new TooMuch("the path of a changed value is too long to be kept");
      }
      text += length(change.before()) + length(change.after());
    }
    return text > MOST_TEXT
        ? new TooMuch("the values that it changes are too long to be kept")
        : new Exact(changes);
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
