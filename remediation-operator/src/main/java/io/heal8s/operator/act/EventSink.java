// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Announcement;

/** Tells people; never blocks and never fails a run. */
@FunctionalInterface
public interface EventSink {

  /** Publishes one announcement about a Remediation. */
  void tell(Remediation about, Announcement what);
}
