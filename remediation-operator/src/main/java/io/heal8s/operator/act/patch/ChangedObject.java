// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act.patch;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.operator.target.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An object that changes of a plan are of: the target, or what a change names instead of it.
 *
 * @param namespace namespace of the target; a plan never leaves it
 */
public record ChangedObject(String apiVersion, String kind, String namespace, String name) {

  /** The object of one change. */
  public static ChangedObject of(Change change, ResolvedTarget target) {
    return new ChangedObject(
        change.apiVersion() == null ? target.apiVersion() : change.apiVersion(),
        change.kind() == null ? target.kind() : change.kind(),
        target.namespace(),
        change.name() == null ? target.name() : change.name());
  }

  /** Changes by their object, both in the order of the plan. */
  public static Map<ChangedObject, List<Change>> group(
      List<Change> changes, ResolvedTarget target) {
    Map<ChangedObject, List<Change>> groups = new LinkedHashMap<>();
    for (Change change : changes) {
      groups.computeIfAbsent(of(change, target), object -> new ArrayList<>()).add(change);
    }
    return groups;
  }

  /** The query that reads it. */
  public Query.Get query() {
    return new Query.Get(apiVersion, kind, namespace, name);
  }
}
