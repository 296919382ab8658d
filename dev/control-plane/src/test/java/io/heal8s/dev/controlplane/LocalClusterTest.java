// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalClusterTest {

  private static final Programs PROGRAMS = Programs.ofThisUser();

  @Test
  void theApiAloneServesKeepsStateThroughACrashAndLeavesNothing() throws Exception {
    Path directory;
    try (LocalCluster cluster = LocalCluster.start(ClusterOptions.api(), PROGRAMS)) {
      directory = cluster.directory();
      CoreV1Api core = new CoreV1Api(client(cluster));
      core.createNamespacedConfigMap("default", configMap("kept")).execute();

      cluster.stopApiServer();
      assertThatThrownBy(() -> core.readNamespacedConfigMap("kept", "default").execute())
          .as("a stopped API server refuses connections")
          .isInstanceOf(ApiException.class)
          .hasCauseInstanceOf(IOException.class);

      cluster.startApiServer();
      assertThat(core.readNamespacedConfigMap("kept", "default").execute().getData())
          .as("etcd kept the object, and the address is the same")
          .containsEntry("a", "b");
      assertThatThrownBy(cluster::startApiServer)
          .as("starting it twice would race for one port")
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(directory).as("the folder holds secrets of a dead cluster").doesNotExist();
  }

  @Test
  void aFrozenApiServerAnswersNothingUntilItGoesOn() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(ClusterOptions.api(), PROGRAMS)) {
      CoreV1Api core = new CoreV1Api(client(cluster));
      core.listNamespace().execute();
      CoreV1Api impatient = new CoreV1Api(client(cluster).setReadTimeout(300));

      cluster.pauseApiServer();
      assertThatThrownBy(() -> impatient.listNamespace().execute())
          .as("frozen: the connection stays, the answer does not come")
          .hasCauseInstanceOf(InterruptedIOException.class);
      cluster.resumeApiServer();
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> !core.listNamespace().execute().getItems().isEmpty());
    }
  }

  @Test
  void theWholeControlPlaneRollsOutAndTakesStagesOfTheCaller() throws Exception {
    Path stage = Files.createTempFile("stage", ".yaml");
    Files.writeString(
        stage,
        """
        apiVersion: kwok.x-k8s.io/v1alpha1
        kind: Stage
        metadata:
          name: pod-doomed
        spec:
          resourceRef:
            apiGroup: v1
            kind: Pod
          selector:
            matchLabels:
              doomed: "true"
            matchExpressions:
            - key: '.status.phase'
              operator: 'In'
              values: ['Pending']
          weight: 1000
          next:
            statusTemplate: |
              phase: Failed
              reason: Doomed
        """);
    ClusterOptions options = ClusterOptions.full().withKwokStages(stage);
    try (LocalCluster cluster = LocalCluster.start(options, PROGRAMS)) {
      ApiClient client = client(cluster);
      AppsV1Api apps = new AppsV1Api(client);
      CoreV1Api core = new CoreV1Api(client);
      apps.createNamespacedDeployment("default", deployment()).execute();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(
                          requireNonNull(
                                  apps.readNamespacedDeployment("web", "default")
                                      .execute()
                                      .getStatus())
                              .getReadyReplicas())
                      .isEqualTo(2));

      core.createNamespacedPod("default", doomedPod()).execute();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  "Doomed"
                      .equals(
                          requireNonNull(
                                  core.readNamespacedPod("doomed", "default").execute().getStatus())
                              .getReason()));

      core.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name("short-lived")))
          .execute();
      core.deleteNamespace("short-lived").execute();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  core.listNamespace().execute().getItems().stream()
                      .noneMatch(
                          n -> "short-lived".equals(requireNonNull(n.getMetadata()).getName())));
    } finally {
      Files.delete(stage);
    }
  }

  @Test
  void aProgramThatFailsShowsTheEndOfItsLog() {
    ClusterOptions options = ClusterOptions.api().withApiServerFlags("--no-such-flag");
    assertThatThrownBy(() -> LocalCluster.start(options, PROGRAMS))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("kube-apiserver ended with 1")
        .hasMessageContaining("unknown flag: --no-such-flag");
  }

  private static V1Pod doomedPod() {
    V1Pod pod =
        Yaml.loadAs(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: doomed, labels: {doomed: "true"}}
            spec: {containers: [{name: c, image: shop}]}
            """,
            V1Pod.class);
    // The client's model sends an empty map for it, which admission takes for a set overhead.
    requireNonNull(pod.getSpec()).setOverhead(null);
    return pod;
  }

  private static V1ConfigMap configMap(String name) {
    return new V1ConfigMap().metadata(new V1ObjectMeta().name(name)).data(Map.of("a", "b"));
  }

  private static V1Deployment deployment() {
    return Yaml.loadAs(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: shop}]}
        """,
        V1Deployment.class);
  }

  static ApiClient client(Cluster cluster) throws IOException {
    try (var reader = Files.newBufferedReader(cluster.kubeconfig())) {
      return ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(reader)).build();
    }
  }
}
