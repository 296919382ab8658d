// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.ObjectKey;
import java.util.List;
import java.util.Optional;

/** What the informer knows of Remediations. Reading it costs no call. */
public interface RemediationCache {

  /** One of them. */
  Optional<Remediation> get(ObjectKey key);

  /** All that were resolved to that target, in no order. */
  List<Remediation> ofTarget(String targetKey);

  /** All of that edge that were not resolved to a target yet, in no order. */
  List<Remediation> arriving(String edgeKey);

  /** All with an effect on a workload of that namespace, proposed, recorded or done. */
  List<Remediation> withEffects(String targetNamespace);

  /** All with an effect on any workload. */
  List<Remediation> withEffects();

  /** Whether the cache does not show our own last write to that object yet. */
  boolean behind(ObjectKey key);
}
