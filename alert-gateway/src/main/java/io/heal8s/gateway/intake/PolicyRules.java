// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.gateway.routing.NamespaceRules;
import java.util.Optional;

/** The rules of each namespace, as of now. */
@FunctionalInterface
public interface PolicyRules {

  /**
   * The rules of a namespace.
   *
   * @param namespace any text; one without a policy of its own has the cluster's rules
   * @return empty until all policies were read once: routing by fewer would be routing wrongly
   */
  Optional<NamespaceRules> of(String namespace);
}
