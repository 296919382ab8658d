// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import io.heal8s.resource.plugin.Capability;
import java.time.Duration;
import java.util.Set;

/**
 * What a decision may count on.
 *
 * @param capabilities of the plugin
 * @param onUnknown what becomes of an unsure dispatch
 * @param backoff waits after failures
 * @param driftInterval time between two checks for drift
 */
public record RunPolicy(
    Set<Capability> capabilities, OnUnknown onUnknown, Backoff backoff, Duration driftInterval) {

  public RunPolicy {
    capabilities = Set.copyOf(capabilities);
  }

  boolean can(Capability capability) {
    return capabilities.contains(capability);
  }
}
