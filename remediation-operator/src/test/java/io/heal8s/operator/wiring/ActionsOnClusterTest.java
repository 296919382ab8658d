// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.decide.naming.ActionDigest;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.Selector;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The actions of TargetApps under the account and the rights of the operator's chart. */
class ActionsOnClusterTest extends ActionsOnCluster {

  ActionsOnClusterTest(TestCluster cluster) throws IOException {
    super(cluster);
  }

  @Test
  void scalesToANumberAndDown(TestCluster cluster) {
    create(
        cluster, "a", "kind: Deployment, name: api", "{type: ScaleTo, arguments: {replicas: 3}}");
    awaitReason("a", "Healthy");
    assertThat(object("apps", "Deployment", "deployments", "api").text("spec.replicas"))
        .isEqualTo("3");

    create(cluster, "b", "kind: Deployment, name: api", "{type: ScaleTo, params: {replicas: '0'}}");
    awaitReason("b", "Healthy");
    assertThat(object("apps", "Deployment", "deployments", "api").text("spec.replicas"))
        .isEqualTo("0");
  }

  @Test
  void restartsEveryPodWithinItsDisruptionBudget(TestCluster cluster) {
    String budget =
        """
        apiVersion: policy/v1
        kind: PodDisruptionBudget
        metadata: {name: api}
        spec: {maxUnavailable: %d, selector: {matchLabels: {app: api}}}
        """;
    cluster.applyText(budget.formatted(0));
    await()
        .atMost(TIMEOUT)
        .until(
            () ->
                object("policy", "PodDisruptionBudget", "poddisruptionbudgets", "api")
                    .text("status.expectedPods")
                    .equals("2"));
    Set<String> before = readyPods();
    // Kubernetes counts creations in seconds; a pod of the same second is no old one.
    await().atMost(TIMEOUT).until(() -> secondIsOver());

    create(cluster, "a", "kind: Deployment, name: api", "{type: RestartPods}");
    awaitReason("a", "DisruptionBudget");
    assertThat(readyPods()).isEqualTo(before);

    cluster.applyText(budget.formatted(1));
    awaitReason("a", "Healthy");
    assertThat(readyPods()).hasSize(2).doesNotContainAnyElementsOf(before);
  }

  private boolean secondIsOver() {
    return new KubernetesReader(admin)
        .list(PODS, Selector.namespace(namespace)).orThrow().stream()
            .map(LiveObject::new)
            .allMatch(
                pod ->
                    java.time.Instant.parse(pod.text("metadata.creationTimestamp"))
                        .plusSeconds(2)
                        .isBefore(java.time.Instant.now()));
  }

  @Test
  void callsTheWebhookOfATargetApp(TestCluster cluster) {
    String action =
        """
        {"trigger": {"field": "health", "condition": "equals", "value": "bad"},
         "action": "webhook",
         "parameters": {"url": "http://127.0.0.1:%d/T0/TOKEN", "payload": {"text": "{{tapp_name}}"}}}
        """
            .formatted(receiver.getAddress().getPort());
    cluster.applyText(
        """
        apiVersion: operator.kco.local/v1alpha1
        kind: TargetApp
        metadata: {name: web}
        spec: {selector: {matchLabels: {app: api}}, stateQuery: "{health}", actions: [%s]}
        """
            .formatted(action));
    String from =
        "{type: CallWebhook, argumentsFrom: {kind: TargetApp, name: web, actionIndex: 0, sha256: '%s'}}";
    String target = "apiVersion: operator.kco.local/v1alpha1, kind: TargetApp, name: web";
    create(cluster, "a", target, from.formatted(ActionDigest.of(JsonParser.parseString(action))));
    create(cluster, "b", target, from.formatted("0".repeat(64)));

    awaitReason("a", "Delivered");
    awaitReason("b", "ArgumentsChanged");
    assertThat(received).hasSize(1);
    JsonObject body = JsonParser.parseString(received.element()).getAsJsonObject();
    assertThat(body.get("text").getAsString()).isEqualTo("web");
    assertThat(body.getAsJsonObject("trigger").get("field").getAsString()).isEqualTo("health");
    assertThat(keys.element()).contains("/Apply/");
    assertThat(status("a").toString()).doesNotContain("TOKEN");
  }

  /**
   * A pod of the node's own network answers for a Service of the namespace: nothing resolves its
   * name here, so it was found by what the API server says.
   */
  @Test
  void callsAServiceOfItsOwnNamespace(TestCluster cluster) {
    int port = receiver.getAddress().getPort();
    cluster.applyText(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: hook}
        spec: {clusterIP: None, selector: {app: hook}, ports: [{port: %d}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: hook, labels: {app: hook}}
        spec: {hostNetwork: true, containers: [{name: hook, image: "hook:1"}]}
        """
            .formatted(port));
    String call = "{type: CallWebhook, arguments: {url: 'http://%s:%d/x'}}";
    String target = "kind: Deployment, name: api";
    create(cluster, "a", target, call.formatted("hook." + namespace + ".svc", port));
    awaitReason("a", "Delivered");
    assertThat(received).hasSize(1);

    create(cluster, "b", target, call.formatted("169.254.169.254", port));
    awaitReason("b", "ApplyRefused");
    assertThat(status("b").message()).contains("metadata service");
    assertThat(received).hasSize(1);
  }

  /**
   * The node of this cluster runs no program: seen here are the rights up to the kubelet, and that
   * no success is told. Commands that run are in {@link ExecOnClusterTest}.
   */
  @Test
  void runsACommandOnlyAsTheAccount(TestCluster cluster) {
    String exec = "{type: ExecCommand, arguments: {command: [flush], timeout: 5}}";
    create(cluster, "a", "kind: Deployment, name: api", exec);
    awaitReason("a", "ApplyRefused");
    assertThat(status("a").message()).contains("impersonate", "--resource-name=");

    letTheOperatorBeTheAccount(cluster);
    create(cluster, "b", "kind: Deployment, name: api", exec);
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(status("b").phase()).isEqualTo(Phase.Failed));
    assertThat(status("b").message()).contains("0 of 2 pods").doesNotContain("impersonate");
  }
}
