// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Intent;

/**
 * What this service may want done. An effect at a forge is executed only after an intent for it was
 * recorded in status, and found again by branch and marker when its result could not be recorded.
 */
public sealed interface PrIntent extends Intent {

  /** The Remediation as it was judged. */
  Remediation remediation();

  /** Writes status: an intent, or what was seen. */
  record Record(Remediation remediation, OwnedStatus status) implements PrIntent {}

  /** Makes branch, commit and pull request, and records them. */
  record Open(Remediation remediation, Proposal proposal) implements PrIntent {}

  /**
   * Closes a pull request of ours and deletes its branch, and records it.
   *
   * @param why sentence for people, shown at the forge where it can be
   */
  record Withdraw(Remediation remediation, Inquiry inquiry, String why) implements PrIntent {}
}
