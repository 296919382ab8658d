// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.operator.intent.Claim;
import io.heal8s.operator.intent.RemediationIntent;
import io.heal8s.operator.target.Query;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one Remediation wants next. */
sealed interface Step {

  /**
   * Have this status; written only if it differs from the one it has.
   *
   * @param claim budgets that the write uses up, null for none
   * @param lookAgain when something is due, null when only an event can move it
   */
  record Be(RemediationStatus status, @Nullable Claim claim, @Nullable Instant lookAgain)
      implements Step {}

  /** Do this, and nothing else for the target in this run. */
  record Do(RemediationIntent effect) implements Step {}

  /** Nothing more, ever. */
  record Nothing() implements Step {}

  /** These must be read first. */
  record Read(Set<Query> queries) implements Step {}

  /** The effects in the budget window must be counted first. */
  record Count() implements Step {}

  /** The one {@link Nothing}. */
  Step NOTHING = new Nothing();

  static Step be(StatusDraft draft, @Nullable Instant lookAgain) {
    return new Be(draft.build(), null, lookAgain);
  }
}
