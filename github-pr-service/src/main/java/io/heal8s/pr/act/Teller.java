// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Announcement;

/** Tells people something about a Remediation; must neither block nor fail. */
@FunctionalInterface
public interface Teller {

  /** Publishes one announcement. */
  void tell(Remediation about, Announcement announcement);
}
