// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.patchresource;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import io.heal8s.core.api.k8shealer.remediation.Target;
import io.heal8s.core.decide.ForeignText;
import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.plan.AccountChoice;
import io.heal8s.operator.plan.PlanReason;
import io.heal8s.operator.target.AskedAction;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import io.heal8s.operator.target.Resolution;
import io.heal8s.operator.target.TargetReason;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The object that a patch is for: exactly the one that is named, never its owner, read as the
 * account that will patch it.
 */
public final class PatchTarget {

  /** Annotation with the key of the last patch, by which it is found again. */
  public static final String KEY = "heal8s.io/patch-key";

  private static final Map<String, String> API_VERSIONS =
      Map.of(
          "Pod", "v1",
          "Service", "v1",
          "ConfigMap", "v1",
          "Secret", "v1",
          "Deployment", "apps/v1",
          "ReplicaSet", "apps/v1",
          "DaemonSet", "apps/v1",
          "StatefulSet", "apps/v1");

  private PatchTarget() {}

  /** Finds the object, or says what must be read first. */
  public static Resolution resolve(Remediation remediation, EffectivePolicy policy, Known known) {
    switch (AskedAction.of(remediation, known)) {
      case AskedAction.NeedsReading(var queries) -> {
        return new Resolution.NeedsReading(queries);
      }
      case AskedAction.NotUnderstood(Verdict verdict) -> {
        return new Resolution.Unresolvable(verdict);
      }
      case AskedAction.Understood _ -> {}
    }
    Target target = remediation.spec().target();
    String apiVersion = API_VERSIONS.get(target.kind());
    if (apiVersion == null) {
      return new Resolution.Unresolvable(
          new Verdict(
              PlanReason.UnsupportedTarget,
              "Unsupported resource type: "
                  + ForeignText.line(target.kind().toLowerCase(java.util.Locale.ROOT))));
    }
    Query.Get get = new Query.Get(apiVersion, target.kind(), target.namespace(), target.name());
    return switch (AccountChoice.of(remediation, policy)) {
      case AccountChoice.None(Verdict verdict) -> new Resolution.Unresolvable(verdict);
      case AccountChoice.Chosen(String account) ->
          resolve(new Query.GetAs(account, get), get, known);
    };
  }

  private static Resolution resolve(Query.GetAs query, Query.Get get, Known known) {
    if (!known.has(query)) {
      return new Resolution.NeedsReading(Set.of(query));
    }
    Optional<LiveObject> live = known.many(query).stream().findFirst();
    if (live.isEmpty()) {
      return new Resolution.Unresolvable(
          new Verdict(
              TargetReason.TargetNotFound,
              get.kind()
                  + " "
                  + get.namespace()
                  + "/"
                  + get.name()
                  + " does not exist; correct spec.target in a new Remediation"));
    }
    return new Resolution.Resolved(
        new ResolvedTarget(
            get.apiVersion(), get.kind(), get.namespace(), get.name(), live.get().uid(), null),
        live.get());
  }

  /** The reading of a target that was resolved here. */
  public static Query.GetAs query(ResolvedTarget target, String account) {
    return new Query.GetAs(
        account,
        new Query.Get(target.apiVersion(), target.kind(), target.namespace(), target.name()));
  }

  /** Whether the operator itself may read such an object, so that its health can be verified. */
  public static boolean hasHealth(ResolvedTarget target) {
    return target.apiVersion().equals("apps/v1");
  }

  /** Whether the operator's own account has no right to read such an object. */
  public static boolean isReadAsAccountsOnly(ResolvedTarget target) {
    return target.kind().equals("ConfigMap") || target.kind().equals("Secret");
  }
}
