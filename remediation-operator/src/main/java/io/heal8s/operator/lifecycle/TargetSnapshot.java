// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Snapshot;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.intent.EffectCounts;
import io.heal8s.operator.target.Known;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one resolved target.
 *
 * @param key one of the {@link TargetKeys} of the target
 * @param remediations all Remediations resolved to it, ended ones included
 * @param policy rules of its namespace
 * @param inputsChanged whether the policy is another one than when this target was last judged by
 *     this process; true for the first time
 * @param site where this operator runs
 * @param known what was read in this run
 * @param counts effects in the budget window; null until they were asked for
 */
public record TargetSnapshot(
    String key,
    List<Remediation> remediations,
    EffectivePolicy policy,
    boolean inputsChanged,
    Site site,
    Known known,
    @Nullable EffectCounts counts)
    implements Snapshot {

  public TargetSnapshot {
    remediations = List.copyOf(remediations);
  }

  /** The same with more read. */
  public TargetSnapshot with(Known more) {
    return new TargetSnapshot(key, remediations, policy, inputsChanged, site, more, counts);
  }

  /** The same with the effects counted. */
  public TargetSnapshot with(EffectCounts counted) {
    return new TargetSnapshot(key, remediations, policy, inputsChanged, site, known, counted);
  }
}
