// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.ObjectKey;
import java.util.List;
import java.util.Optional;

/** A cache that knows what has effects, and nothing else. */
record CachedEffects(List<Remediation> withEffects) implements RemediationCache {

  @Override
  public Optional<Remediation> get(ObjectKey key) {
    return Optional.empty();
  }

  @Override
  public List<Remediation> ofTarget(String targetKey) {
    return List.of();
  }

  @Override
  public List<Remediation> arriving(String edgeKey) {
    return List.of();
  }

  @Override
  public List<Remediation> withEffects(String targetNamespace) {
    return withEffects;
  }

  @Override
  public boolean behind(ObjectKey key) {
    return false;
  }
}
