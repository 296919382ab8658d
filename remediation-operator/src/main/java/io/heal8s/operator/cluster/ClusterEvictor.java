// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.operator.act.PodEvictor;
import io.heal8s.operator.intent.RemediationIntent.Effect;

/** Evicts through the API server, which knows the disruption budgets. */
public final class ClusterEvictor implements PodEvictor {

  private final KubernetesWriter writer;

  /** Evicts through that. */
  public ClusterEvictor(KubernetesWriter writer) {
    this.writer = writer;
  }

  @Override
  public Answer<Boolean> evict(Effect.Evict eviction) {
    return writer
        .evict(
            new ObjectKey(eviction.namespace(), eviction.pod()),
            eviction.uid(),
            eviction.gracePeriod())
        .map(status -> true);
  }
}
