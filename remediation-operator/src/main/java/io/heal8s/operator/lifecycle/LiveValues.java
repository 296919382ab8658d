// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.operator.act.patch.ChangedObject;
import io.heal8s.operator.act.patch.ChangesState;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which of a list of changes the live objects show.
 *
 * @param gone the target, or another object that changes, does not exist or was replaced
 * @param undone changes whose field still holds {@code before}
 * @param done changes whose field holds {@code after}
 * @param other changes whose field holds neither
 * @param generation generation of the target, 0 when it is gone
 */
public record LiveValues(
    boolean gone, List<Change> undone, List<Change> done, List<Change> other, long generation) {

  /** The objects that the changes are about, the target first. */
  public static Set<Query> queries(ResolvedTarget target, List<Change> changes) {
    Set<Query> queries = new LinkedHashSet<>();
    queries.add(objectOf(target));
    changes.forEach(change -> queries.add(objectOf(target, change)));
    return queries;
  }

  /** The target itself. */
  public static Query.Get objectOf(ResolvedTarget target) {
    return new Query.Get(target.apiVersion(), target.kind(), target.namespace(), target.name());
  }

  /** The object that holds the field of a change. */
  public static Query.Get objectOf(ResolvedTarget target, Change change) {
    return ChangedObject.of(change, target).query();
  }

  /** Compares; everything in {@link #queries} must be known. */
  public static LiveValues of(ResolvedTarget target, List<Change> changes, Known known) {
    Optional<LiveObject> main = known.one(objectOf(target));
    if (main.isEmpty() || !main.get().uid().equals(target.uid())) {
      return new LiveValues(true, List.of(), List.of(), List.of(), 0);
    }
    List<Change> undone = new ArrayList<>();
    List<Change> done = new ArrayList<>();
    List<Change> other = new ArrayList<>();
    for (Change change : changes) {
      Optional<LiveObject> object = known.one(objectOf(target, change));
      if (object.isEmpty()) {
        return new LiveValues(true, List.of(), List.of(), List.of(), 0);
      }
      switch (ChangesState.of(List.of(change), object.get())) {
        case ChangesState.AllAfter() -> done.add(change);
        case ChangesState.AllBefore(), ChangesState.Mixed() -> undone.add(change);
        case ChangesState.ChangedSince _ -> other.add(change);
      }
    }
    return new LiveValues(false, undone, done, other, main.get().generation());
  }

  /** Whether every change is live. */
  public boolean allDone() {
    return !gone && undone.isEmpty() && other.isEmpty();
  }
}
