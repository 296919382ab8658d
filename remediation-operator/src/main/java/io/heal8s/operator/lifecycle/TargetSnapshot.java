// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.lifecycle;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Snapshot;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.gate.Site;
import io.heal8s.operator.intent.EffectCounts;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one resolved target.
 *
 * @param key one of the {@link TargetKeys} of the target
 * @param remediations all Remediations resolved to it, ended ones included
 * @param arriving those that came with one of them, of the same edge, and have no target yet
 * @param policy rules of its namespace
 * @param inputsChanged whether the policy is another one than when this target was last judged by
 *     this process; true for the first time
 * @param site where this operator runs
 * @param known what was read in this run
 * @param unreadable what could not be read in this run, and why
 * @param counts effects in the budget window; null until they were asked for
 */
public record TargetSnapshot(
    String key,
    List<Remediation> remediations,
    List<Remediation> arriving,
    EffectivePolicy policy,
    boolean inputsChanged,
    Site site,
    Known known,
    Map<Query, Throwable> unreadable,
    @Nullable EffectCounts counts)
    implements Snapshot {

  public TargetSnapshot {
    remediations = List.copyOf(remediations);
    arriving = List.copyOf(arriving);
    unreadable = Map.copyOf(unreadable);
  }

  /** What is known before anything was read. */
  public static TargetSnapshot of(
      String key,
      List<Remediation> remediations,
      List<Remediation> arriving,
      EffectivePolicy policy,
      boolean inputsChanged,
      Site site) {
    return new TargetSnapshot(
        key, remediations, arriving, policy, inputsChanged, site, Known.NOTHING, Map.of(), null);
  }

  /** The same with more read. */
  public TargetSnapshot with(Known more) {
    return new TargetSnapshot(
        key, remediations, arriving, policy, inputsChanged, site, more, unreadable, counts);
  }

  /** The same, and that these cannot be read. */
  public TargetSnapshot without(Map<Query, Throwable> failed) {
    Map<Query, Throwable> all = new HashMap<>(unreadable);
    all.putAll(failed);
    return new TargetSnapshot(
        key, remediations, arriving, policy, inputsChanged, site, known, all, counts);
  }

  /** The same with the effects counted. */
  public TargetSnapshot with(EffectCounts counted) {
    return new TargetSnapshot(
        key, remediations, arriving, policy, inputsChanged, site, known, unreadable, counted);
  }
}
