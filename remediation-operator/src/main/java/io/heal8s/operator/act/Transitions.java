// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;

/** Counts what happened to Remediations; asked once for every status that was written. */
@FunctionalInterface
public interface Transitions {

  /** That status was written over the one that the object had. */
  void happened(Remediation before, RemediationStatus after);
}
