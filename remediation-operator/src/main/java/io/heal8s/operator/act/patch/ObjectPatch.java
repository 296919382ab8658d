// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act.patch;

import com.google.gson.JsonArray;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.operator.target.LiveObject;
import java.util.List;

/** What to send to the API server so that an object gets its planned values. */
public sealed interface ObjectPatch {

  /**
   * A JSON Patch (RFC 6902). Its first operation tests the resourceVersion and its second the uid
   * of the object that was read, so that a patch for an older read is refused as a whole.
   *
   * @param operations to be sent as {@code application/json-patch+json}
   */
  record Ready(JsonArray operations) implements ObjectPatch {}

  /** Every field holds the wanted value already. */
  record NothingLeft() implements ObjectPatch {}

  /**
   * The object is not what the plan was made for.
   *
   * @param differences clauses for people, one for each field
   */
  record Differs(List<String> differences) implements ObjectPatch {

    public Differs {
      differences = List.copyOf(differences);
    }
  }

  /**
   * The patch that makes the changes. A field that holds its new value already is left alone.
   *
   * @param changes of that one object
   * @param live the object, freshly read
   */
  static ObjectPatch apply(List<Change> changes, LiveObject live) {
    return switch (ChangesState.of(changes, live)) {
      case ChangesState.AllAfter() -> new NothingLeft();
      case ChangesState.ChangedSince(List<String> differences) -> new Differs(differences);
      case ChangesState.AllBefore(), ChangesState.Mixed() ->
          new PatchBuilder(live).changes(changes).build();
    };
  }

  /**
   * The patch that takes the changes back, from the last to the first: writes what was before, only
   * where the field still holds what was written.
   *
   * @return {@link Differs} where somebody wrote a third value since
   */
  static ObjectPatch undo(List<Change> changes, LiveObject live) {
    return apply(changes.reversed().stream().map(Change::reversed).toList(), live);
  }
}
