// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.fakecluster;

import io.heal8s.core.api.heal8s.remediationpolicy.RemediationPolicySpec;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.policy.EffectivePolicy;
import io.heal8s.operator.plan.Planning;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The namespace {@code shop} with its workload {@code api}, and what is asked of it. */
public final class Shop {

  /** When every Remediation of the tests was asked for. */
  public static final String ASKED = "2026-03-01T12:00:00Z";

  private Shop() {}

  /** A Remediation in direct mode. */
  public static Remediation direct(
      String kind, @Nullable String container, String action, Map<String, String> params) {
    return remediation(kind, container, action, params, "mode: Direct");
  }

  /** A Remediation with any strategy. */
  public static Remediation remediation(
      String kind,
      @Nullable String container,
      String action,
      Map<String, String> params,
      String strategy) {
    return remediation(kind, container, action, params, strategy, "startsAt: null");
  }

  /** A Remediation with any strategy and start of the alert. */
  public static Remediation remediation(
      String kind,
      @Nullable String container,
      String action,
      Map<String, String> params,
      String strategy,
      String startsAt) {
    String pairs =
        params.entrySet().stream()
            .map(param -> param.getKey() + ": \"" + param.getValue() + "\"")
            .collect(Collectors.joining(", "));
    return YamlText.as(
        Remediation.class,
        """
        apiVersion: k8shealer.k8s-healer.io/v1alpha1
        kind: Remediation
        metadata: {name: rem-1, namespace: shop, uid: u-rem, creationTimestamp: "%s"}
        spec:
          alert: {name: Test, fingerprint: f, source: alertmanager, severity: critical, %s}
          target: {kind: %s, name: api, namespace: shop%s}
          action: {type: %s, params: {%s}}
          strategy: {%s}
        """
            .formatted(
                ASKED,
                startsAt,
                kind,
                container == null ? "" : ", container: " + container,
                action,
                pairs,
                strategy));
  }

  /** The rules of a policy in one line of YAML. */
  public static EffectivePolicy policy(String spec) {
    return EffectivePolicy.of(YamlText.as(RemediationPolicySpec.class, spec), null);
  }

  /**
   * A workload of one container {@code api} and perhaps others.
   *
   * @param containers YAML of the containers, one flow mapping each
   */
  public static String workload(String kind, String... containers) {
    return """
        apiVersion: apps/v1
        kind: %s
        metadata: {name: api, namespace: shop, uid: u-api, resourceVersion: "9", generation: 3}
        spec:
          replicas: 2
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec: {containers: [%s]}
        """
        .formatted(kind, String.join(", ", containers));
  }

  /** A pod of the Deployment {@code api}. */
  public static String pod(String name, String hash, String created, String spec, String status) {
    return """
        apiVersion: v1
        kind: Pod
        metadata:
          name: %s
          namespace: shop
          uid: u-%s
          creationTimestamp: "%s"
          labels: {app: api, pod-template-hash: "%s"}
          ownerReferences:
            - {apiVersion: apps/v1, kind: ReplicaSet, name: api-%s, uid: u-rs-%s, controller: true}
        spec: {%s}
        status: {%s}
        """
        .formatted(name, name, created, hash, hash, hash, spec, status);
  }

  /** Changes as {@code path: before → after}, or the reason why there are none. */
  public static List<String> show(Planning planning) {
    return switch (planning) {
      case Planning.Planned(var target, var plan) ->
          plan.changes().stream().map(Shop::show).toList();
      case Planning.NothingToDo(var target, var plan, var reason, var message) ->
          List.of(reason.name());
      case Planning.CannotPlan(var verdict) -> List.of(verdict.reason().name());
      case Planning.NeedsReading needs -> throw new AssertionError(needs.toString());
    };
  }

  private static String show(Change change) {
    String object = change.kind() == null ? "" : change.kind() + " " + change.name() + " ";
    return object + change.path() + ": " + change.before() + " → " + change.after();
  }

  /** The sentence that a person reads when there is no change. */
  public static String message(Planning planning) {
    return switch (planning) {
      case Planning.NothingToDo(var target, var plan, var reason, var message) -> message;
      case Planning.CannotPlan(var verdict) -> verdict.message();
      case Planning.Planned planned -> throw new AssertionError(planned.toString());
      case Planning.NeedsReading needs -> throw new AssertionError(needs.toString());
    };
  }

  /** The plan for a workload {@code api} under the default policy. */
  public static Planning plan(Remediation remediation, String... documents) {
    return Ask.plan(FakeCluster.of(documents), remediation, EffectivePolicy.DEFAULT);
  }
}
