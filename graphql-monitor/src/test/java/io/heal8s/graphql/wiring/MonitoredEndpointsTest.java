// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.graphql.exchange.PlayedSubscriptions;
import io.heal8s.graphql.exchange.TestAuthority;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Where the apps are, and what they do to us, seen from a real API server under the chart's rights.
 * One monitor of all namespaces polls the apps of every test.
 */
@RealCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoredEndpointsTest {

  private RunningMonitor monitor;
  private PlayedServer shop;
  private PlayedServer next;
  private MonitorCluster cluster;

  @BeforeAll
  void start(TestCluster test) throws Exception {
    MonitorCluster whole = new MonitorCluster(test.cluster(), test.namespace()).install();
    monitor = RunningMonitor.start(whole, "heal8s.graphql.namespaces=").awaitReady();
  }

  @AfterAll
  void end() {
    monitor.close();
  }

  @BeforeEach
  void open(TestCluster test) {
    cluster = new MonitorCluster(test.cluster(), test.namespace());
    shop = new PlayedServer();
    next = new PlayedServer();
  }

  @AfterEach
  void stop() {
    cluster.deleteApps();
    shop.close();
    next.close();
  }

  private static @Nullable Condition condition(TargetAppStatus status, String type) {
    return (status.conditions() == null ? List.<Condition>of() : status.conditions())
        .stream().filter(c -> c.type().equals(type)).findFirst().orElse(null);
  }

  private static Condition present(TargetAppStatus status, String type) {
    return Objects.requireNonNull(condition(status, type), type);
  }

  /** Why an app is ready or is not, empty as long as nothing is known. */
  private String reason(String app) {
    Condition ready = condition(cluster.status(app), "Ready");
    return ready == null ? "" : ready.reason();
  }

  @Test
  void aLatePodIsFoundAndSoIsTheOneThatTakesItsPlace() throws Exception {
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
    MonitorCluster.patience().until(() -> reason("shop").equals("NoReadyPod"));
    PlayedPod first = PlayedPod.create(cluster, "shop-1", shop).ready(false).ready(true);
    MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
    assertThat(cluster.status("shop").endpoint()).contains("pod/shop-1");
    assertThat(reason("shop")).isEqualTo("Monitoring");

    PlayedPod.create(cluster, "shop-2", next).ready(true);
    int before = shop.received().size();
    MonitorCluster.patience().until(() -> shop.received().size() > before);
    assertThat(next.received()).as("who was asked before is kept").isEmpty();
    first.ready(false);
    MonitorCluster.patience().until(() -> cluster.remediations().size() == 1);
    MonitorCluster.patience()
        .untilAsserted(() -> assertThat(cluster.status("shop").endpoint()).contains("pod/shop-2"));
    assertThat(monitor.get("/readyz").statusCode()).isEqualTo(200);
  }

  /** As docs/spec/targetapp.md says: by name, in this namespace alone. */
  private void letRead(String... secrets) {
    cluster.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: monitor-secret}
        rules: [{apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [%s]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: monitor-secret}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: monitor-secret}
        subjects: [{kind: ServiceAccount, name: %s, namespace: %s}]
        """
            .formatted(String.join(", ", secrets), MonitorCluster.ACCOUNT, MonitorCluster.SYSTEM));
  }

  @Test
  void aServiceIsAskedByTheNameOfItsPort() {
    shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    cluster.createApp(
        "shop",
        """
        service: {name: shop}
        port: api
        """);
    MonitorCluster.patience().until(() -> reason("shop").equals("ServiceNotFound"));
    // Without an address of its own, because nothing here would route to one.
    cluster.apply(
        """
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec:
          clusterIP: None
          selector: {app: shop}
          ports: [{name: other, port: 81}, {name: api, port: 80, targetPort: graph}]
        """);
    PlayedPod.create(cluster, "shop-1", shop).ready(true);
    MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
    assertThat(cluster.status("shop").endpoint()).contains("pod/shop-1");
    // Its DNS name in a URL means the same, and is not asked of a resolver.
    cluster.createApp(
        "by-url", "graphqlEndpoint: http://shop.%s.svc:80/graphql".formatted(cluster.namespace()));
    MonitorCluster.patience().until(() -> cluster.status("by-url").state() == State.Monitoring);
    assertThat(cluster.status("by-url").endpoint()).contains("pod/shop-1");
  }

  @Test
  void anEncryptedEndpointIsKnownByTheAuthorityOfASecretAndKnowsUsByOurCertificate()
      throws Exception {
    TestAuthority authority = new TestAuthority("shop's own");
    TestAuthority.Identity us = authority.issue("monitor.test");
    try (PlayedServer encrypted =
        new PlayedServer(authority.mutual(authority.issue("shop.test")))) {
      encrypted.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
      cluster.apply(secret("shop-ca", Map.of("ca.crt", authority.pem())));
      cluster.apply(secret("other-ca", Map.of("ca.crt", new TestAuthority("other").pem())));
      cluster.apply(secret("us", Map.of("tls.crt", us.certificatePem(), "tls.key", us.keyPem())));
      letRead("shop-ca", "other-ca", "us");
      PlayedPod.create(cluster, "shop-1", encrypted).ready(true);
      String known =
          """
          selector: {matchLabels: {app: shop}}
          scheme: https
          port: graph
          tls: {ca: {name: %s, key: ca.crt}, serverName: %s, %s}
          """;
      String named = "clientCertificate: {name: us}";
      cluster.createApp("shop", known.formatted("shop-ca", "shop.test", named));
      cluster.createApp("wrong-authority", known.formatted("other-ca", "shop.test", named));
      cluster.createApp("wrong-name", known.formatted("shop-ca", "bank.test", named));
      cluster.createApp("nameless", known.formatted("shop-ca", "shop.test", ""));

      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      assertThat(cluster.status("shop").endpoint()).startsWith("https://");
      MonitorCluster.patience().until(() -> reason("wrong-authority").equals("TlsFailed"));
      MonitorCluster.patience().until(() -> reason("wrong-name").equals("TlsFailed"));
      // TLS 1.3 lets a server refuse a client after the client's side of the handshake is over.
      MonitorCluster.patience()
          .until(() -> Set.of("TlsFailed", "ConnectionBroken").contains(reason("nameless")));
      assertThat(encrypted.received()).allMatch(request -> request.contains("Host: shop.test"));
    }
  }

  private static String secret(String name, Map<String, String> entries) {
    StringBuilder yaml =
        new StringBuilder("apiVersion: v1\nkind: Secret\nmetadata: {name: " + name + "}\ndata:\n");
    entries.forEach(
        (key, value) ->
            yaml.append(
                "  %s: %s\n"
                    .formatted(
                        key,
                        Base64.getEncoder()
                            .encodeToString(value.getBytes(StandardCharsets.UTF_8)))));
    return yaml.toString();
  }

  @Test
  void aSubscriptionTellsEveryStateAndIsBegunAnewWhenItBreaks() throws Exception {
    try (PlayedSubscriptions app = new PlayedSubscriptions("graphql-transport-ws")) {
      app.beginningWith("{\"health\":\"ok\"}");
      cluster.createApp(
          "shop",
          """
          graphqlEndpoint: %s
          subscription: {protocol: graphql-ws}
          actions:
          - trigger: {field: health, condition: equals, value: bad}
            action: restart_pod
          """
              .formatted(app.destination().url()));
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      // Faster than anybody polls: none of them is skipped.
      app.tell("{\"health\":\"bad\"}");
      app.tell("{\"health\":\"ok\"}");
      app.tell("{\"health\":\"bad\"}");
      app.tell("{\"health\":\"ok\"}");
      MonitorCluster.patience().until(() -> cluster.remediations().size() == 2);
      MonitorCluster.patience().until(() -> cluster.status("shop").pendingOrEmpty().isEmpty());

      app.beginningWith("{\"health\":\"bad\"}").hangUp();
      MonitorCluster.patience().until(() -> cluster.remediations().size() == 3);
      assertThat(app.authorizations()).hasSizeGreaterThanOrEqualTo(2);
      assertThat(reason("shop")).isEqualTo("Monitoring");
    }
  }

  @Test
  void everyReadyPodIsAskedOnceAPollAndAnyOfThemFires() throws Exception {
    shop.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    next.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    PlayedPod first = PlayedPod.create(cluster, "shop-1", shop).ready(true);
    PlayedPod second = PlayedPod.create(cluster, "shop-2", next).ready(true);
    cluster.createApp(
        "shop",
        """
        selector: {matchLabels: {app: shop}}
        port: graph
        poll: all
        actions:
        - trigger: {field: health, condition: equals, value: bad}
          action: restart_pod
        """);
    MonitorCluster.patience()
        .untilAsserted(
            () ->
                assertThat(cluster.status("shop").endpoint())
                    .contains("(all of pod/shop-1, pod/shop-2)"));
    int before = shop.received().size();
    int of = next.received().size();
    MonitorCluster.patience().until(() -> next.received().size() >= of + 3);
    assertThat(shop.received()).hasSizeBetween(before + 2, before + 4);
    assertThat(shop.connections()).isEqualTo(1);

    next.playing(PlayedServer.json("{\"data\":{\"health\":\"bad\"}}"));
    MonitorCluster.patience().until(() -> cluster.remediations().size() == 1);
    assertThat(cluster.remediations().getFirst().spec().action().params().get("stateChange"))
        .contains("\"pod\":\"shop-2\"");
    MonitorCluster.patience()
        .untilAsserted(
            () ->
                assertThat(cluster.events("shop"))
                    .contains(
                        "Normal StateFieldChanged Field 'pods.shop-2.health' changed in TApp"
                            + " 'shop'"));

    shop.playing(PlayedServer.http(503, "text/plain", "busy"));
    MonitorCluster.patience()
        .untilAsserted(
            () ->
                assertThat(cluster.status("shop").lastError())
                    .contains("pods.shop-1")
                    .contains("HTTP status 503"));
    assertThat(reason("shop")).isEqualTo("PartialState");
    assertThat(monitor.get("/stats").body()).contains(cluster.namespace() + "/shop\":\"20");
    assertThat(monitor.getOnMetricsPort("/metrics").body())
        .contains(
            "heal8s_graphql_last_poll_timestamp_seconds{namespace=\""
                + cluster.namespace()
                + "\",tapp_name=\"shop\"} 1");
    first.ready(false);
    second.ready(false);
    MonitorCluster.patience()
        .untilAsserted(
            () ->
                assertThat(cluster.status("shop").conditions())
                    .anyMatch(
                        c -> c.type().equals("Reconciling") && c.reason().equals("NoReadyPod")));
    assertThat(cluster.remediations()).hasSize(1);
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
    MonitorCluster.patience()
        .untilAsserted(
            () -> {
              assertThat(condition(cluster.status("shop"), "Stalled")).isNotNull();
              Condition stalled = present(cluster.status("shop"), "Stalled");
              assertThat(stalled.reason()).isEqualTo("SecretNotReadable");
              assertThat(stalled.message()).contains("the verb get").contains("token");
            });
    assertThat(shop.received()).isEmpty();
    letRead("token");
    MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
    assertThat(condition(cluster.status("shop"), "Stalled")).isNull();
    assertThat(shop.received().getFirst()).contains("Authorization: Bearer s3cret");
    assertThat(cluster.app("shop").toString()).doesNotContain("s3cret");
    assertThat(monitor.get("/metrics").body()).doesNotContain("s3cret");
  }

  @Test
  void credentialsOfASubscriptionMayBeInItsFirstMessage() throws Exception {
    try (PlayedSubscriptions app = new PlayedSubscriptions("graphql-transport-ws")) {
      app.beginningWith("{\"health\":\"ok\"}");
      cluster.apply(
          """
          apiVersion: v1
          kind: Secret
          metadata: {name: init-token}
          stringData: {token: "Bearer s3cret-init"}
          """);
      letRead("init-token");
      cluster.createApp(
          "shop",
          """
          graphqlEndpoint: %s
          subscription:
            protocol: graphql-ws
            connectionInit:
            - {name: client, value: heal8s}
            - {name: Authorization, secret: {name: init-token, key: token}}
          """
              .formatted(app.destination().url()));
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      assertThat(app.received())
          .contains(
              "{\"type\":\"connection_init\",\"payload\":{\"client\":\"heal8s\","
                  + "\"Authorization\":\"Bearer s3cret-init\"}}");
      assertThat(cluster.app("shop").toString()).doesNotContain("s3cret-init");
    }
  }

  @Test
  void aSubscriptionOfEveryPodIsRefusedWithWhatToChange() {
    cluster.createApp(
        "shop",
        """
        selector: {matchLabels: {app: shop}}
        poll: all
        subscription: {protocol: sse}
        """);
    MonitorCluster.patience()
        .untilAsserted(
            () -> {
              assertThat(condition(cluster.status("shop"), "Stalled")).isNotNull();
              Condition stalled = present(cluster.status("shop"), "Stalled");
              assertThat(stalled.reason()).isEqualTo("UnsupportedValue");
              assertThat(stalled.message())
                  .contains("leave poll: all out")
                  .contains("write stateQuery as a query");
            });
  }

  @Test
  void aHostileEndpointIsShownAndHarmsNobody() throws Exception {
    shop.playing(PlayedServer.http(200, "text/html", "<h1>It works</h1>"));
    next.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    cluster.createUrlApp("hostile", shop.destination().url());
    cluster.createUrlApp("good", next.destination().url());
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
