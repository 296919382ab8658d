// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source;

import io.heal8s.gateway.intent.IncomingAlert;
import java.util.List;

/**
 * One delivery.
 *
 * @param alerts in the order of the body
 * @param truncatedAlerts how many more the sender left out, 0 or more
 */
public record AlertBatch(List<IncomingAlert> alerts, long truncatedAlerts) {

  public AlertBatch {
    alerts = List.copyOf(alerts);
  }
}
