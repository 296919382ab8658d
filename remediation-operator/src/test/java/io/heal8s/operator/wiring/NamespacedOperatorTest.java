// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.boot.ServiceConnectors;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.dev.controlplane.HelmChart;
import io.heal8s.dev.controlplane.Parts;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

/** Where the account has rights in some namespaces alone, as the chart gives them. */
@RealCluster(parts = Parts.FULL)
class NamespacedOperatorTest {

  private static final String SYSTEM = "namespaced-system";
  private static final Path CHARTS = Path.of("../charts").toAbsolutePath().normalize();

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void installed(TestCluster cluster) {
    cluster.applyText("{apiVersion: v1, kind: Namespace, metadata: {name: " + SYSTEM + "}}");
    cluster.applyText(chart("crds").render());
    cluster.applyText(
        chart("remediation-operator")
            .set("rbac.namespaces", "[\"" + cluster.namespace() + "\"]")
            .render());
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
            spec:
              containers:
                - {name: api, image: "api:1", resources: {limits: {memory: 256Mi}}}
        ---
        apiVersion: heal8s.io/v1alpha1
        kind: RemediationPolicy
        metadata: {name: default}
        spec:
          verify: {healthyFor: 2s, window: 2m}
          allow: {unapproved: [{detector: Alert, actions: [IncreaseMemory]}]}
        """);
  }

  private static HelmChart chart(String name) {
    return HelmChart.of(CHARTS.resolve(name), Programs.ofThisUser()).release("heal8s", SYSTEM);
  }

  private static ConfigurableApplicationContext operator(TestCluster cluster, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--heal8s.kubernetes.kubeconfig="
                    + cluster.kubeconfigFor(SYSTEM, "heal8s-operator"),
                "--heal8s.kubernetes.namespace=" + SYSTEM,
                "--heal8s.operator.namespaces=" + cluster.namespace(),
                "--heal8s.management.port=0",
                "--server.address=127.0.0.1"));
    arguments.addAll(List.of(more));
    return new SpringApplicationBuilder(RemediationOperatorApplication.class)
        .run(arguments.toArray(String[]::new));
  }

  @Test
  void itRepairsThereAndSaysThatApprovalsAreNotGuarded(TestCluster cluster) throws Exception {
    try (ConfigurableApplicationContext operator =
        operator(cluster, "--heal8s.operator.cluster-name=here")) {
      await().until(() -> ready(operator));

      create(cluster, "unasked", "IncreaseMemory");
      await().untilAsserted(() -> assertSucceeded(cluster, "unasked"));

      create(cluster, "asked", "RestartWorkload");
      await()
          .untilAsserted(
              () ->
                  assertThat(status(cluster, "asked").condition(ConditionType.Stalled))
                      .isNotNull()
                      .extracting(Condition::reason)
                      .isEqualTo("ApprovalNotGuarded"));
    }
  }

  @Test
  void withoutANameForTheClusterItIsNotReady(TestCluster cluster) throws Exception {
    try (ConfigurableApplicationContext operator = operator(cluster)) {
      await()
          .untilAsserted(
              () ->
                  assertThat(operator.getBean(SiteFinder.class).health().getStatus())
                      .isEqualTo(Status.OUT_OF_SERVICE));
      assertThat(ready(operator)).isFalse();
      create(cluster, "early", "IncreaseMemory");
      cluster.applyText(
          """
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: {name: names-the-cluster, namespace: kube-system}
          rules:
            - {apiGroups: [""], resources: [namespaces], verbs: [get]}
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: {name: names-the-cluster, namespace: kube-system}
          roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: names-the-cluster}
          subjects:
            - {kind: ServiceAccount, name: heal8s-operator, namespace: %s}
          """
              .formatted(SYSTEM));
      await().until(() -> ready(operator));
      await().untilAsserted(() -> assertSucceeded(cluster, "early"));
    }
  }

  private boolean ready(ConfigurableApplicationContext operator)
      throws IOException, InterruptedException {
    URI page =
        URI.create(
            "http://127.0.0.1:%d/readyz"
                .formatted(
                    operator.getBean(ServiceConnectors.class).localPort("heal8s.management.port")));
    return http.send(
                HttpRequest.newBuilder(page).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode()
        == 200;
  }

  private static void create(TestCluster cluster, String name, String action) {
    cluster.applyText(
        """
        apiVersion: k8shealer.k8s-healer.io/v1alpha1
        kind: Remediation
        metadata: {name: %s}
        spec:
          alert: {name: KubePodOOMKilled, fingerprint: %s, source: alertmanager,
                  severity: critical, startsAt: "2026-03-01T12:00:00Z"}
          target: {kind: Deployment, name: api, namespace: %s, container: api}
          action: {type: %s}
          strategy: {mode: Direct, requireApproval: false}
        """
            .formatted(name, name, cluster.namespace(), action));
  }

  private static void assertSucceeded(TestCluster cluster, String name) {
    RemediationStatus status = status(cluster, name);
    assertThat(status.phase()).as(String.valueOf(status)).isEqualTo(Phase.Succeeded);
  }

  private static RemediationStatus status(TestCluster cluster, String name) {
    return new KubernetesReader(new KubernetesApi(cluster.admin(), Duration.ofSeconds(10)))
        .get(ServedKinds.REMEDIATIONS, new ObjectKey(cluster.namespace(), name))
        .orThrow()
        .map(Remediation::statusOrEmpty)
        .orElseThrow();
  }
}
