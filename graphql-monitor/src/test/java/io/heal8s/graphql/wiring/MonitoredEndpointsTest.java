// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.core.api.Condition;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Precondition;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Where the apps are, and what they do to us, seen from a real API server under the chart's rights.
 */
@RealCluster
class MonitoredEndpointsTest {

  private static final ResourceType<JsonObject> PODS =
      ResourceType.untyped("", "v1", "Pod", "pods", true);

  private final PlayedServer shop = new PlayedServer();
  private final PlayedServer next = new PlayedServer();
  private MonitorCluster cluster;

  @BeforeEach
  void install(TestCluster test) {
    cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
  }

  @AfterEach
  void stop() {
    shop.close();
    next.close();
  }

  private void createPod(String name, PlayedServer server) {
    cluster.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, labels: {app: shop}}
        spec:
          serviceAccountName: default
          automountServiceAccountToken: false
          nodeName: somewhere
          containers: [{name: app, image: "x", ports: [{name: graph, containerPort: %d}]}]
        """
            .formatted(name, server.destination().port()));
  }

  private void setReady(String pod, String ready) {
    new ServerSideApplier(cluster.admin(), "test-kubelet")
        .applyStatus(
            PODS,
            new ObjectKey(cluster.namespace(), pod),
            Precondition.NONE,
            Map.of(
                "phase",
                "Running",
                "podIP",
                "127.0.0.1",
                "podIPs",
                List.of(Map.of("ip", "127.0.0.1")),
                "conditions",
                List.of(Map.of("type", "Ready", "status", ready))))
        .orThrow();
  }

  private static @Nullable Condition condition(TargetAppStatus status, String type) {
    return (status.conditions() == null ? List.<Condition>of() : status.conditions())
        .stream().filter(c -> c.type().equals(type)).findFirst().orElse(null);
  }

  private static Condition present(TargetAppStatus status, String type) {
    return Objects.requireNonNull(condition(status, type), type);
  }

  @Test
  void aLatePodIsFoundAndSoIsTheOneThatTakesItsPlace() throws Exception {
    cluster.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: default}}");
    shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    next.playing(PlayedServer.json("{\"data\":{\"health\":\"bad\"}}"));
    cluster.createApp(
        "shop",
        """
        selector: {matchLabels: {app: shop}}
        port: graph
        actions:
        - trigger: {field: health, condition: equals, value: bad}
          action: restart_pod
        """);
    try (RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady()) {
      MonitorCluster.patience()
          .untilAsserted(
              () -> {
                Condition ready = condition(cluster.status("shop"), "Ready");
                assertThat(ready).isNotNull();
                assertThat(present(cluster.status("shop"), "Ready").reason())
                    .isEqualTo("NoReadyPod");
              });
      createPod("shop-1", shop);
      setReady("shop-1", "False");
      setReady("shop-1", "True");
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      assertThat(cluster.status("shop").endpoint()).contains("pod/shop-1");
      assertThat(present(cluster.status("shop"), "Ready").status())
          .isEqualTo(Condition.Status.True);

      createPod("shop-2", next);
      setReady("shop-2", "True");
      int before = shop.received().size();
      MonitorCluster.patience().until(() -> shop.received().size() > before);
      assertThat(next.received()).as("who was asked before is kept").isEmpty();
      setReady("shop-1", "False");
      MonitorCluster.patience().until(() -> cluster.remediations().size() == 1);
      MonitorCluster.patience()
          .untilAsserted(
              () -> assertThat(cluster.status("shop").endpoint()).contains("pod/shop-2"));
      assertThat(monitor.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aSecretIsReadOnlyWhereItsNamespaceAllowsIt() throws Exception {
    shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    cluster.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: token}
        stringData: {token: "Bearer s3cret"}
        """);
    cluster.createApp(
        "shop",
        """
        graphqlEndpoint: %s
        headers: [{name: Authorization, secret: {name: token, key: token}}]
        """
            .formatted(shop.destination().url()));
    try (RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady()) {
      MonitorCluster.patience()
          .untilAsserted(
              () -> {
                assertThat(condition(cluster.status("shop"), "Stalled")).isNotNull();
                Condition stalled = present(cluster.status("shop"), "Stalled");
                assertThat(stalled.reason()).isEqualTo("SecretNotReadable");
                assertThat(stalled.message()).contains("the verb get").contains("token");
              });
      assertThat(shop.received()).isEmpty();
      cluster.apply(
          """
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: {name: monitor-secret}
          rules: [{apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [token]}]
          ---
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: {name: monitor-secret}
          roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: monitor-secret}
          subjects: [{kind: ServiceAccount, name: %s, namespace: %s}]
          """
              .formatted(MonitorCluster.ACCOUNT, MonitorCluster.SYSTEM));
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      assertThat(condition(cluster.status("shop"), "Stalled")).isNull();
      assertThat(shop.received().getFirst()).contains("Authorization: Bearer s3cret");
      assertThat(cluster.app("shop").toString()).doesNotContain("s3cret");
      assertThat(monitor.get("/metrics").body()).doesNotContain("s3cret");
    }
  }

  @Test
  void aHostileEndpointIsShownAndHarmsNobody() throws Exception {
    shop.playing(PlayedServer.http(200, "text/html", "<h1>It works</h1>"));
    next.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    cluster.createUrlApp("hostile", shop.destination().url());
    cluster.createUrlApp("good", next.destination().url());
    try (RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady()) {
      MonitorCluster.patience().until(() -> cluster.status("good").state() == State.Monitoring);
      MonitorCluster.patience()
          .untilAsserted(
              () -> {
                TargetAppStatus status = cluster.status("hostile");
                assertThat(status.state()).isEqualTo(State.Initializing);
                assertThat(status.lastError()).contains("content type is text/html");
                assertThat(present(status, "Ready").reason()).isEqualTo("NotJson");
              });
      String version = cluster.app("hostile").getMetadata().getResourceVersion();
      int polls = shop.received().size();
      MonitorCluster.patience().until(() -> shop.received().size() >= polls + 2);
      assertThat(cluster.app("hostile").getMetadata().getResourceVersion())
          .as("the same failure again writes nothing")
          .isEqualTo(version);

      String ten = "{\"data\":{\"health\":\"" + "x".repeat(10 << 20) + "\"}}";
      shop.playing(PlayedServer.json(ten));
      MonitorCluster.patience()
          .untilAsserted(
              () -> assertThat(cluster.status("hostile").lastError()).contains("larger than"));
      shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
      MonitorCluster.patience().until(() -> cluster.status("hostile").state() == State.Monitoring);
      assertThat(cluster.status("hostile").lastError()).isNull();
      assertThat(monitor.get("/metrics").body())
          .contains("error_type=\"NotJson\"")
          .contains("error_type=\"ResponseTooLarge\"");
    }
  }

  @Test
  void theOriginalsFinalizerIsTakenOff() throws Exception {
    shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    cluster.apply(
        """
        apiVersion: operator.kco.local/v1alpha1
        kind: TargetApp
        metadata:
          name: old
          finalizers: [example.com/mine, kopf.zalando.org/KopfFinalizerMarker]
          annotations: {kopf.zalando.org/last-handled-configuration: "{}", keep: me}
        spec: {stateQuery: "{health}", graphqlEndpoint: "%s", pollingInterval: 5}
        """
            .formatted(shop.destination().url()));
    try (RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady()) {
      MonitorCluster.patience()
          .untilAsserted(
              () ->
                  assertThat(cluster.app("old").getMetadata().getFinalizers())
                      .containsExactly("example.com/mine"));
      assertThat(cluster.app("old").getMetadata().getAnnotations())
          .containsEntry("keep", "me")
          .doesNotContainKey("kopf.zalando.org/last-handled-configuration");
      MonitorCluster.patience().until(() -> cluster.status("old").state() == State.Monitoring);
      assertThat(monitor.get("/healthz").statusCode()).isEqualTo(200);
      cluster.delete(TargetApps.TYPE, "old");
    }
  }
}
