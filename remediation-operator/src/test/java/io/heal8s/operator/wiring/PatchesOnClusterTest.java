// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Patches from their plan to their undo, as an account of the namespace. */
class PatchesOnClusterTest extends ActionsOnCluster {

  PatchesOnClusterTest(TestCluster cluster) throws IOException {
    super(cluster);
  }

  @Test
  void patchesAsTheAccountAndShowsNoSecret(TestCluster cluster) {
    String cfg = "apiVersion: v1, kind: ConfigMap, name: cfg";
    create(
        cluster, "a", cfg, "{type: PatchResource, arguments: {patchData: {data: {mode: slow}}}}");
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(status("a").message()).contains("--verb=impersonate"));

    letTheOperatorBeTheAccount(cluster);
    create(
        cluster,
        "b",
        cfg,
        "{type: PatchResource, arguments: {patchData: [{op: add, path: /data/x, value: 'y'}]}}");
    awaitReason("b", "Patched");
    assertThat(object("", "ConfigMap", "configmaps", "cfg").text("data.x")).isEqualTo("y");
    assertThat(plan("b").changes().getFirst().path()).isEqualTo("data.x");
    assertThat(plan("b").undo()).startsWith("none: a ConfigMap has no health");

    create(
        cluster,
        "c",
        "apiVersion: v1, kind: Secret, name: db",
        "{type: PatchResource, arguments: {patchData: {data: {password: TkVXVkFMVUU=}}}}");
    awaitReason("c", "Patched");
    assertThat(object("", "Secret", "secrets", "db").text("data.password"))
        .isEqualTo("TkVXVkFMVUU=");
    assertThat(status("c").toString())
        .contains("data.password: ***")
        .doesNotContain("TkVXVkFMVUU", "T0xEVkFMVUU", "OLDVALUE");
  }

  /** A label of the template, an added variable and a probe, put into a rollout that never ends. */
  @Test
  void takesAPatchBackExactly(TestCluster cluster) {
    letTheOperatorBeTheAccount(cluster);
    cluster.applyText(
        """
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          allow: {unapproved: [{detector: Alert}]}
          serviceAccountName: runner
          verify: {healthyFor: 1s, window: 5s}
        """);
    JsonObject before = template();
    String patch =
        """
        {type: PatchResource, arguments: {patchType: strategic, patchData: {spec: {template: {
          metadata: {labels: {level: debug}},
          spec: {nodeSelector: {nowhere: "true"}, containers: [{name: api, env: [{name: A, value: b}],
            readinessProbe: {httpGet: {path: /, port: 80}}}]}}}}}}
        """
            .replace("\n", " ");
    create(cluster, "a", "kind: Deployment, name: api", patch);
    awaitReason("a", "Verifying");
    assertThat(template().toString()).contains("nowhere", "readinessProbe", "debug");
    assertThat(plan("a").undo()).startsWith("Patch the object").contains("nodeSelector");

    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(status("a").phase())
                    .as(status("a").message())
                    .isEqualTo(Phase.RolledBack));
    assertThat(template()).isEqualTo(before);
  }

  private JsonObject template() {
    return object("apps", "Deployment", "deployments", "api")
        .json()
        .getAsJsonObject("spec")
        .getAsJsonObject("template");
  }

  /** Defaults that came with another strategy must go with it, or the API server refuses it. */
  @Test
  void takesAStrategyBackAndRefusesWhatCannotBe(TestCluster cluster) {
    letTheOperatorBeTheAccount(cluster);
    cluster.applyText(
        """
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          allow: {unapproved: [{detector: Alert}]}
          serviceAccountName: runner
          verify: {healthyFor: 1s, window: 5s}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 1
          strategy: {type: Recreate}
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: "web:1"}]}
        """);
    String web = "kind: Deployment, name: web";
    create(
        cluster,
        "a",
        "kind: Deployment, name: api",
        "{type: PatchResource, arguments: {patchData: {spec: {selector: {matchLabels: {app: x}}}}}}");
    awaitReason("a", "PatchRefused");
    assertThat(status("a").message()).contains("immutable");

    JsonObject before = spec("web");
    create(
        cluster,
        "b",
        web,
        "{type: PatchResource, arguments: {patchData: {spec: {strategy: {type: RollingUpdate},"
            + " template: {spec: {nodeSelector: {nowhere: 'true'}}}}}}}");
    awaitReason("b", "Verifying");
    assertThat(spec("web").toString()).contains("maxSurge", "nowhere");
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(status("b").phase())
                    .as(status("b").message())
                    .isEqualTo(Phase.RolledBack));
    assertThat(spec("web")).isEqualTo(before);
  }

  private JsonObject spec(String deployment) {
    return object("apps", "Deployment", "deployments", deployment).json().getAsJsonObject("spec");
  }
}
