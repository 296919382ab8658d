// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.heal8s.remediationpolicy;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a policy. Null means "not set here"; {@code io.heal8s.core.decide.policy} merges the
 * cluster's and the namespace's and fills in the defaults. Durations are in Go syntax, also with d.
 *
 * @param routes from alerts to actions, first match wins
 * @param repositories where manifests live
 * @param budgets how many effects are allowed
 * @param cooldown pause after an effect of the same action on the same target; default 10m
 * @param stormBreaker not supported yet
 * @param freeze not supported yet
 * @param allow what may be done at all
 * @param caps upper bounds of values, by action parameter name, e.g. {@code maxMemory: 4Gi}
 * @param serviceAccountName account of the namespace that free-form actions run as
 * @param directOnManaged whether direct changes are made to workloads that a GitOps agent or Helm
 *     manages; default false
 * @param applyTimeout how long a merged change may take to become live; default 1h
 * @param rollbackWithin how young a revision must be to be blamed; default 24h
 * @param verify when a repair counts as proven
 * @param retryAfter pause before the same delivery may try again; default 1h
 * @param maxAttempts tries of one cause; default 3
 * @param refusalTtl how long a refusal is remembered; default 30d
 * @param ttl how long a Remediation may wait for its first effect; default 24h
 * @param onResolved what happens to a waiting pull request when its alert resolves; default keep
 * @param notifiers {@code notify} on the wire (the name is taken in a record); not supported yet
 * @param dryRun plan everything, change nothing; default false
 */
public record RemediationPolicySpec(
    @Nullable List<Route> routes,
    @Nullable List<RepositoryRule> repositories,
    @Nullable Budgets budgets,
    @Nullable String cooldown,
    @Nullable Map<String, Object> stormBreaker,
    @Nullable List<Map<String, Object>> freeze,
    @Nullable Allow allow,
    @Nullable Map<String, String> caps,
    @Nullable String serviceAccountName,
    @Nullable Boolean directOnManaged,
    @Nullable String applyTimeout,
    @Nullable String rollbackWithin,
    @Nullable VerifyRule verify,
    @Nullable String retryAfter,
    @Nullable Integer maxAttempts,
    @Nullable String refusalTtl,
    @Nullable String ttl,
    @Nullable OnResolved onResolved,
    @SerializedName("notify") @Nullable List<Map<String, Object>> notifiers,
    @Nullable Boolean dryRun) {

  /** What happens to a waiting pull request when its alert resolves. */
  public enum OnResolved {
    keep,
    close
  }
}
