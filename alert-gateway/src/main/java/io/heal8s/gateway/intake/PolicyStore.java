// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicy;
import org.jspecify.annotations.Nullable;

/** The policies of the cluster as they were last seen; answers from memory. */
public interface PolicyStore {

  /** Whether all policies were read once. */
  boolean synced();

  /** Whether heal8s is installed for that namespace. */
  boolean serves(String namespace);

  /** The policy of that namespace that counts, the one named {@code default}; null for none. */
  @Nullable RemediationPolicy find(String namespace);
}
