// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.Parts;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An operator under the account and the rights of its chart, and a namespace with a workload. */
@RealCluster(parts = Parts.FULL)
@TestInstance(Lifecycle.PER_CLASS)
abstract class ActionsOnCluster {

  private static final String SYSTEM = "heal8s-system";
  private static final Path CHARTS = Path.of("../charts").toAbsolutePath().normalize();
  static final Duration TIMEOUT = Duration.ofSeconds(60);
  static final ResourceType<JsonObject> PODS = ResourceType.untyped("", "v1", "Pod", "pods", true);

  final KubernetesApi admin;
  final ConfigurableApplicationContext operator;
  final HttpServer receiver;
  final Queue<String> received = new ConcurrentLinkedQueue<>();
  final Queue<String> keys = new ConcurrentLinkedQueue<>();

  String namespace = "";

  ActionsOnCluster(TestCluster cluster) throws IOException {
    this.admin = new KubernetesApi(cluster.admin(), Duration.ofSeconds(10));
    this.receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    cluster.applyText("{apiVersion: v1, kind: Namespace, metadata: {name: " + SYSTEM + "}}");
    cluster.applyText(chart("crds"));
    cluster.applyText(chart("remediation-operator"));
    this.operator =
        new SpringApplicationBuilder(RemediationOperatorApplication.class)
            .run(
                "--heal8s.kubernetes.kubeconfig="
                    + cluster.kubeconfigFor(SYSTEM, "heal8s-operator"),
                "--heal8s.kubernetes.namespace=" + SYSTEM,
                "--heal8s.management.port=0",
                "--server.address=127.0.0.1",
                "--heal8s.leader-election.enabled=true",
                "--heal8s.operator.webhooks.schemes=http",
                "--heal8s.operator.webhooks.ports=" + receiver.getAddress().getPort(),
                "--heal8s.operator.webhooks.allowed-cidrs=127.0.0.1/32");
  }

  private static String chart(String name) {
    return HelmChart.of(CHARTS.resolve(name), Programs.ofThisUser()).render();
  }

  @AfterAll
  void stop() {
    operator.close();
    receiver.stop(0);
  }

  @BeforeEach
  void aWorkload(TestCluster cluster) {
    this.namespace = cluster.namespace();
    received.clear();
    keys.clear();
    cluster.applyText(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: api}
        spec:
          replicas: 2
          selector: {matchLabels: {app: api}}
          template:
            metadata: {labels: {app: api}}
            spec: {containers: [{name: api, image: "api:1"}]}
        ---
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          allow: {unapproved: [{detector: Alert}]}
          serviceAccountName: runner
          verify: {healthyFor: 1s, window: 2m}
          cooldown: 1s
        ---
        {apiVersion: v1, kind: ServiceAccount, metadata: {name: runner}}
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: cfg}, data: {mode: fast}}
        ---
        {apiVersion: v1, kind: Secret, metadata: {name: db}, stringData: {password: OLDVALUE}}
        """);
    await().atMost(TIMEOUT).until(() -> readyPods().size() == 2);
  }

  final Set<String> readyPods() {
    return new KubernetesReader(admin)
        .list(PODS, Selector.namespace(namespace).withLabels("app=api")).orThrow().stream()
            .map(LiveObject::new)
            .filter(pod -> pod.text("metadata.deletionTimestamp").isEmpty())
            .filter(pod -> pod.text("status.conditions[type=Ready].status").equals("True"))
            .map(LiveObject::uid)
            .collect(Collectors.toSet());
  }

  final void create(TestCluster cluster, String name, String target, String action) {
    cluster.applyText(
        """
        apiVersion: k8shealer.k8s-healer.io/v1alpha1
        kind: Remediation
        metadata: {name: %s}
        spec:
          alert: {name: AppUnhealthy, fingerprint: f1, source: alertmanager, severity: critical}
          target: {%s, namespace: %s}
          action: %s
          strategy: {mode: Direct, requireApproval: false}
        """
            .formatted(name, target, namespace, action));
  }

  final RemediationStatus status(String name) {
    return new KubernetesReader(admin)
        .get(ServedKinds.REMEDIATIONS, new ObjectKey(namespace, name))
        .orThrow()
        .map(Remediation::statusOrEmpty)
        .orElseThrow();
  }

  final Plan plan(String name) {
    return Objects.requireNonNull(status(name).plan());
  }

  final LiveObject object(String group, String kind, String plural, String name) {
    return new LiveObject(
        new KubernetesReader(admin)
            .get(
                ResourceType.untyped(group, "v1", kind, plural, true),
                new ObjectKey(namespace, name))
            .orThrow()
            .orElseThrow());
  }

  final void awaitReason(String name, String reason) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(
            () -> assertThat(status(name).reason()).as(status(name).message()).isEqualTo(reason));
  }

  final void letTheOperatorBeTheAccount(TestCluster cluster) {
    cluster.applyText(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: impersonate}
        rules:
          - {apiGroups: [""], resources: [serviceaccounts], resourceNames: [runner],
             verbs: [impersonate]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: impersonate}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: impersonate}
        subjects: [{kind: ServiceAccount, name: heal8s-operator, namespace: %s}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: runner}
        rules:
          - {apiGroups: [""], resources: [configmaps, secrets], verbs: [get, patch]}
          - {apiGroups: [apps], resources: [deployments], verbs: [get, patch]}
          - {apiGroups: [""], resources: [pods/exec], verbs: [get, create]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: runner}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: runner}
        subjects: [{kind: ServiceAccount, name: runner, namespace: %s}]
        """
            .formatted(SYSTEM, namespace));
  }
}
