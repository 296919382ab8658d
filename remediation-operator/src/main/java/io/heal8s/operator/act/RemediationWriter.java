// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.effect.Answer;

/** Writes to Remediations; every write that succeeds is remembered until the cache shows it. */
public interface RemediationWriter {

  /**
   * Writes the operator's part of the status; {@link io.heal8s.core.effect.ApiFailure.Conflict} if
   * anybody wrote to the object since it was read.
   */
  Answer<Remediation> writeStatus(Remediation read, RemediationStatus status);

  /** Sets the label that remembers a refusal; the same object only, whatever else was written. */
  Answer<Remediation> writeCause(Remediation read, String cause);
}
