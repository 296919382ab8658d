// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last effect on the workload; cooldowns and budgets are counted from it.
 *
 * @param at when the effect began: patch accepted, or merge seen
 * @param planId plan that was carried out
 * @param via {@code Direct} or {@code GitOps}
 * @param changes values as they were written; after a merge, as the reviewer left them
 * @param generation generation of the target after the effect, null until known
 * @param account ServiceAccount that made it, null for the operator's own and for a merge
 */
public record Applied(
    OffsetDateTime at,
    @Nullable String planId,
    Strategy.@Nullable Mode via,
    @Nullable List<Change> changes,
    @Nullable Long generation,
    @Nullable String account) {

  public Applied {
    changes = changes == null ? List.of() : List.copyOf(changes);
  }

  /** The changes as they were written; empty for a no-op. */
  @Override
  public List<Change> changes() {
    return changes == null ? List.of() : changes;
  }
}
