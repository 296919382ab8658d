// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.Resolution;

/** The resolution of a target as the intake needs it: pure. */
@FunctionalInterface
public interface TargetSource {

  /** Finds the object that must change, or says what must be read first. */
  Resolution resolve(Remediation remediation, Known known);
}
