// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.verify;

import io.heal8s.operator.target.Query;
import java.time.Instant;
import java.util.Set;

/** How a workload is. */
public sealed interface Health {

  /**
   * Every pod of the wanted revision is Ready.
   *
   * @param restarts sum of the restarts of all their containers
   * @param readySince when the last of them became Ready, by the kubelets' clocks
   */
  record Healthy(int restarts, Instant readySince) implements Health {}

  /** Something is missing. */
  record Unhealthy(VerifyReason reason, String message) implements Health {}

  /** The object, or the object that it scales, does not exist. */
  record Missing(String message) implements Health {}

  /** These must be read first; asked again with the answers added. */
  record NeedsReading(Set<Query> queries) implements Health {}
}
