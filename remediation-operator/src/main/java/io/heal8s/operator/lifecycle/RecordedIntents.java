// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;

/** Names effects so that the same effect always has the same name. */
final class RecordedIntents {

  private RecordedIntents() {}

  /** {@code <uid of the Remediation>/<Apply or Undo>/<plan id>}. */
  static String key(Remediation remediation, RecordedIntent.Type type, String planId) {
    return remediation.getMetadata().getUid() + "/" + type + "/" + planId;
  }
}
