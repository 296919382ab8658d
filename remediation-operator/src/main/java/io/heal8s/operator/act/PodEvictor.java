// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.effect.Answer;
import io.heal8s.operator.intent.RemediationIntent.Effect;

/** Asks for evictions. */
@FunctionalInterface
public interface PodEvictor {

  /**
   * Asks for one; {@link io.heal8s.core.effect.ApiFailure.Throttled} while a disruption budget does
   * not allow it, {@link io.heal8s.core.effect.ApiFailure.Conflict} when the pod is another one.
   */
  Answer<Boolean> evict(Effect.Evict eviction);
}
