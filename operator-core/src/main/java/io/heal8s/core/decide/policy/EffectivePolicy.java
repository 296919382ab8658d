// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.policy;

import io.heal8s.core.api.heal8s.remediationpolicy.Allow.Unapproved;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec.OnResolved;
import io.heal8s.core.api.heal8s.remediationpolicy.Route;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules that hold for one namespace, every default filled in.
 *
 * @param routes the namespace's, then the cluster's; the built-in ones when neither has any
 * @param repositories rules that both policies allow
 * @param budget effects in a sliding window
 * @param cooldown pause after an effect of the same action on the same target
 * @param allowedActions actions that both policies allow
 * @param targetNamespaces globs over namespaces that Remediations of the suite's own namespace may
 *     target
 * @param unapproved who may act directly without approval
 * @param caps upper bounds by parameter name, the smaller of both
 * @param serviceAccountName account for free-form actions, null when none is named
 * @param directOnManaged whether managed workloads may be changed directly
 * @param applyTimeout how long a merged change may take to become live
 * @param rollbackWithin how young a revision must be to be blamed
 * @param healthyFor how long health must hold without a break
 * @param verifyWindow longest time from applied to healthy
 * @param retryAfter pause before the same delivery may try again
 * @param maxAttempts tries of one cause
 * @param refusalTtl how long a refusal is remembered
 * @param ttl how long a Remediation may wait for its first effect
 * @param onResolved what happens to a waiting pull request when its alert resolves
 * @param dryRun plan everything, change nothing
 * @param problems why the policy cannot be used, sentences; nothing acts unless empty
 */
public record EffectivePolicy(
    List<Route> routes,
    List<AllowedRepository> repositories,
    Budget budget,
    Duration cooldown,
    Set<ActionType> allowedActions,
    List<String> targetNamespaces,
    List<Unapproved> unapproved,
    Map<String, String> caps,
    @Nullable String serviceAccountName,
    boolean directOnManaged,
    Duration applyTimeout,
    Duration rollbackWithin,
    Duration healthyFor,
    Duration verifyWindow,
    Duration retryAfter,
    int maxAttempts,
    Duration refusalTtl,
    Duration ttl,
    OnResolved onResolved,
    boolean dryRun,
    List<PolicyProblem> problems) {

  /**
   * Effects allowed in a sliding window.
   *
   * @param perTarget at most, per resolved target
   * @param perNamespace at most, per namespace
   * @param perCluster at most, per cluster; null means unlimited
   * @param window length of the window
   */
  public record Budget(
      int perTarget, int perNamespace, @Nullable Integer perCluster, Duration window) {}

  /** The rules without any policy: four built-in routes, git only. */
  public static final EffectivePolicy DEFAULT = of(null, null);

  /**
   * Merges two policies.
   *
   * @param cluster spec of the policy in the suite's own namespace, null when there is none
   * @param namespace spec of the namespace's own policy, null when there is none, and for the
   *     suite's own namespace
   */
  public static EffectivePolicy of(
      @Nullable RemediationPolicySpec cluster, @Nullable RemediationPolicySpec namespace) {
    return new PolicyMerge(cluster, namespace).merge();
  }

  /** Whether the rules can be used at all. */
  public boolean usable() {
    return problems.isEmpty();
  }
}
