// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import org.jspecify.annotations.Nullable;

/** The policies of the cluster as they were last seen; answers from memory. */
public interface PolicyStore {

  /** Whether all policies were read once. */
  boolean synced();

  /** The policy of that namespace that counts, the one named {@code default}; null for none. */
  @Nullable RemediationPolicy find(String namespace);
}
