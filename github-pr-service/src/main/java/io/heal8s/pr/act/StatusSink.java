// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import io.heal8s.pr.intent.OwnedStatus;

/** Where our part of a Remediation's status is written. */
@FunctionalInterface
public interface StatusSink {

  /**
   * Writes all of our fields, if nobody wrote to the object since it was read.
   *
   * @param read the Remediation that the status was derived from
   * @return Done once it is written; a conflict or an absent API server is waited for
   */
  Outcome write(Remediation read, OwnedStatus status);
}
