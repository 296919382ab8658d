// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What will be changed, stated before anything is done.
 *
 * @param id hash of target uid, action, arguments and changes; an approval is bound to it
 * @param cluster name of the cluster, part of branch names
 * @param changes exact values; empty when there is nothing to change
 * @param diff unified diff for people
 * @param preconditions what must still hold when the change is made, sentences
 * @param undo how the change is taken back, or {@code none} with the reason
 * @param repository where the manifest lives; null in direct mode
 */
public record Plan(
    String id,
    @Nullable String cluster,
    @Nullable List<Change> changes,
    @Nullable String diff,
    @Nullable List<String> preconditions,
    @Nullable String undo,
    @Nullable Repository repository) {

  public Plan {
    changes = changes == null ? List.of() : List.copyOf(changes);
    preconditions = preconditions == null ? List.of() : List.copyOf(preconditions);
  }

  /** The changes; empty when there is nothing to change. */
  @Override
  public List<Change> changes() {
    return changes == null ? List.of() : changes;
  }

  /** The preconditions; empty when there are none. */
  @Override
  public List<String> preconditions() {
    return preconditions == null ? List.of() : preconditions;
  }
}
