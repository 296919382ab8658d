// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.decide.Verdict;
import java.util.Set;

/** How far the search for the object that must change has come. */
public sealed interface Resolution {

  /**
   * Found.
   *
   * @param target the object that changes
   * @param live that object as it was read
   */
  record Resolved(ResolvedTarget target, LiveObject live) implements Resolution {}

  /** Cannot be found, with what to change. */
  record Unresolvable(Verdict verdict) implements Resolution {}

  /** These must be read first; asked again with the answers added. */
  record NeedsReading(Set<Query> queries) implements Resolution {}
}
