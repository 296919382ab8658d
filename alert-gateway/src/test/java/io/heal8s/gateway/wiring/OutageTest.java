// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What happens when the API server, the gateway or their rights go away; on a cluster of its own.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OutageTest {

  private static final String ALERTMANAGER = "/webhooks/alertmanager";
  private static final String SHOP = "shop";

  private final Cluster server = Cluster.start(ClusterOptions.api());
  private final GatewayCluster cluster = new GatewayCluster(server);

  @BeforeAll
  void install() {
    cluster.install().createNamespace(SHOP);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void whileTheApiServerIsAwayTheSenderKeepsTheAlert() throws Exception {
    try (RunningGateway gateway = RunningGateway.start(cluster.kubeconfig())) {
      gateway.awaitReady();
      server.stopApiServer();
      HttpResponse<String> answer = gateway.post(ALERTMANAGER, Deliveries.oom(SHOP, "away"));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"reason\":\"Unreachable\"");
      server.startApiServer();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> gateway.post(ALERTMANAGER, Deliveries.oom(SHOP, "away")).statusCode() == 200);
      assertThat(cluster.stored(SHOP, "away")).hasSize(1);
    }
  }

  @Test
  void aFrozenApiServerHoldsNobodyLongerThanTheTimeout() throws Exception {
    try (RunningGateway gateway =
        RunningGateway.start(
            cluster.kubeconfig(),
            "heal8s.gateway.call-timeout=700ms",
            "heal8s.gateway.timeout=1500ms")) {
      gateway.awaitReady();
      server.pauseApiServer();
      Instant begin = Instant.now();
      HttpResponse<String> answer = gateway.post(ALERTMANAGER, Deliveries.oom(SHOP, "frozen"));
      Duration taken = Duration.between(begin, Instant.now());
      server.resumeApiServer();
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"reason\":\"Timeout\"");
      assertThat(taken).isLessThan(Duration.ofSeconds(5));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> gateway.post(ALERTMANAGER, Deliveries.oom(SHOP, "frozen")).statusCode() == 200);
      assertThat(cluster.stored(SHOP, "frozen"))
          .as("whether the frozen server did the first one or not")
          .hasSize(1);
    }
  }

  @Test
  void aDeliveryThatIsAtWorkIsFinishedBeforeTheGatewayEnds() throws Exception {
    try (GatewayProcess gateway =
            GatewayProcess.start(cluster.kubeconfig(), GatewayProcess.freePort());
        HttpClient http = HttpClient.newHttpClient();
        ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
      gateway.awaitReady(http);
      server.pauseApiServer();
      Future<Integer> answer =
          sender.submit(
              () -> GatewayProcess.send(http, gateway.webhook(), Deliveries.oom(SHOP, "at-work")));
      // The delivery waits for the frozen server; only then is the gateway told to end.
      await().atMost(Duration.ofSeconds(30)).until(() -> gateway.hasTakenIn(http));
      assertThat(answer.isDone()).isFalse();
      gateway.terminate();
      server.resumeApiServer();
      assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
      assertThat(cluster.stored(SHOP, "at-work")).hasSize(1);
      gateway.exitCode();
    } finally {
      server.resumeApiServer();
    }
  }

  /**
   * Alertmanager repeats on network errors and 5xx; whatever it was told 200 about must be there.
   */
  @Test
  void killedAmongManyAlertsTheGatewayLosesNone() throws Exception {
    int alerts = 400;
    String namespace = "killed";
    cluster.createNamespace(namespace);
    int port = GatewayProcess.freePort();
    GatewayProcess first = GatewayProcess.start(cluster.kubeconfig(), port);
    AtomicInteger next = new AtomicInteger();
    Set<String> acknowledged = new ConcurrentSkipListSet<>();
    try (HttpClient http = HttpClient.newHttpClient();
        ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      first.awaitReady(http);
      List<Future<?>> work = new ArrayList<>();
      for (int sender = 0; sender < 8; sender++) {
        work.add(
            senders.submit(
                () -> {
                  for (int i = next.getAndIncrement(); i < alerts; i = next.getAndIncrement()) {
                    String deployment = "d-" + i;
                    String body = Deliveries.oom(namespace, deployment);
                    while (GatewayProcess.send(http, first.webhook(), body) != 200) {
                      TimeUnit.MILLISECONDS.sleep(50);
                    }
                    acknowledged.add(deployment);
                  }
                  return null;
                }));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > alerts / 4);
      Set<String> before = new TreeSet<>(acknowledged);
      first.kill();
      assertThat(targets(namespace))
          .as("what was acknowledged is stored, whatever became of the process")
          .containsAll(before);
      try (GatewayProcess second = GatewayProcess.start(cluster.kubeconfig(), port)) {
        for (Future<?> one : work) {
          one.get(120, TimeUnit.SECONDS);
        }
      }
    } finally {
      first.close();
    }
    assertThat(acknowledged).hasSize(alerts);
    assertThat(targets(namespace)).hasSize(alerts);
    assertThat(cluster.stored(namespace)).as("none twice").hasSize(alerts);
  }

  @Test
  void withoutDefinitionsItWaitsAndWithThemItWorks() throws Exception {
    try (Cluster empty = Cluster.start(ClusterOptions.api())) {
      GatewayCluster bare = new GatewayCluster(empty);
      bare.createNamespace(GatewayCluster.SYSTEM);
      bare.createNamespace(SHOP);
      bare.installService();
      try (RunningGateway gateway = RunningGateway.start(bare.kubeconfig())) {
        assertThat(gateway.post(ALERTMANAGER, Deliveries.oom(SHOP, "early")).statusCode())
            .isEqualTo(503);
        HttpResponse<String> ready =
            gateway.send(HttpRequest.newBuilder(gateway.managementUri("/readyz")).GET());
        assertThat(ready.statusCode()).isEqualTo(503);
        bare.installDefinitions();
        await()
            .atMost(Duration.ofSeconds(90))
            .until(
                () ->
                    gateway.post(ALERTMANAGER, Deliveries.oom(SHOP, "early")).statusCode() == 200);
        assertThat(bare.stored(SHOP, "early")).hasSize(1);
      }
    }
  }

  @Test
  void aMissingRightOfOursIsNoReasonToLoseAnAlert() throws Exception {
    cluster.apply(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: reader}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: reader}
        rules:
          - {apiGroups: [heal8s.io], resources: [remediationpolicies], verbs: [get, list, watch]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: reader}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
        subjects: [{kind: ServiceAccount, name: reader, namespace: heal8s-system}]
        """,
        GatewayCluster.SYSTEM);
    try (RunningGateway gateway =
        RunningGateway.start(cluster.access().kubeconfigFor(GatewayCluster.SYSTEM, "reader"))) {
      gateway.awaitReady();
      HttpResponse<String> answer = gateway.post(ALERTMANAGER, Deliveries.oom(SHOP, "no-right"));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"reason\":\"Forbidden\"", "cannot create resource");
    }
  }

  @Test
  void aWrongSettingEndsTheStartWithOneLineThatNamesIt() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"--heal8s.gateway.max-body=1B", "heal8s.gateway.max-body"},
          {"--heal8s.gateway.auth.modes=none", "heal8s.gateway.auth.modes has none beside others"},
          {"--metrics-bind-address=here", "--metrics-bind-address is 'here'"},
        }) {
      try (GatewayProcess gateway =
          GatewayProcess.start(cluster.kubeconfig(), GatewayProcess.freePort(), wrong[0])) {
        assertThat(gateway.exitCode()).isEqualTo(1);
        assertThat(said(gateway)).hasSize(1).allSatisfy(l -> assertThat(l).contains(wrong[1]));
      }
    }
  }

  private static List<String> said(GatewayProcess gateway) throws IOException {
    return gateway.log().lines().filter(line -> line.startsWith("cannot start")).toList();
  }

  private Set<String> targets(String namespace) {
    return cluster.stored(namespace).stream()
        .map(remediation -> remediation.spec().target().name())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
