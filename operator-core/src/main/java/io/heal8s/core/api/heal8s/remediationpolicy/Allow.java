// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.heal8s.remediationpolicy;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be done at all.
 *
 * @param actions allowed actions; null means all
 * @param targetNamespaces globs over namespaces that Remediations of the suite's own namespace may
 *     target; null means none
 * @param unapproved who may act directly without approval; null means nobody
 */
public record Allow(
    @Nullable List<ActionType> actions,
    @Nullable List<String> targetNamespaces,
    @Nullable List<Unapproved> unapproved) {

  /**
   * A detector that may act directly without approval.
   *
   * @param detector kind of the detecting object, or {@code Alert} for alerts
   * @param actions its actions; null means all
   */
  public record Unapproved(String detector, @Nullable List<ActionType> actions) {}
}
