// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operator's request for a revert pull request.
 *
 * @param changes what to restore: before and after of the merged values swapped
 * @param reason why, a sentence
 * @param requestedAt when it was asked for
 */
public record Revert(
    @Nullable List<Change> changes, String reason, @Nullable OffsetDateTime requestedAt) {

  public Revert {
    changes = changes == null ? List.of() : List.copyOf(changes);
  }

  /** What to restore. */
  @Override
  public List<Change> changes() {
    return changes == null ? List.of() : changes;
  }
}
