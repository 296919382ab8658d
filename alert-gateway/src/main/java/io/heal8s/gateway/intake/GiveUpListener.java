// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.k8shealer.remediation.Remediation;

/** Is told when an alert keeps coming although all its attempts failed. */
@FunctionalInterface
public interface GiveUpListener {

  /**
   * All attempts ended without success. Called once for each delivery, so that what people are told
   * must be kept from repeating.
   *
   * @param last the last attempt
   * @param attempts how many there were
   */
  void gaveUp(Remediation last, int attempts);
}
