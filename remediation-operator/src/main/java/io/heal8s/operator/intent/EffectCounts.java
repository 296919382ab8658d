// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.intent;

import java.time.Instant;
import java.util.List;

/**
 * When effects on workloads began, within the longest budget window.
 *
 * @param namespace in the target's namespace, oldest first
 * @param cluster in the whole cluster, oldest first
 */
public record EffectCounts(List<Instant> namespace, List<Instant> cluster) {

  public EffectCounts {
    namespace = List.copyOf(namespace);
    cluster = List.copyOf(cluster);
  }
}
