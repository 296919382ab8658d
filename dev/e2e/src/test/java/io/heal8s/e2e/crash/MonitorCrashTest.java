// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.api.kco.targetapp.TargetAppStatus;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.effect.ServedKinds;
import io.heal8s.dev.controlplane.Programs;
import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.ServiceProcess;
import io.heal8s.dev.suite.SuiteOnCluster;
import io.heal8s.e2e.crash.DeadlyProxy.Sent;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The monitor as a process of its own, killed (SIGKILL) right after each of the three writes of an
 * edge; the app is well again before another process starts, and turns bad a second time.
 */
@RealCluster
class MonitorCrashTest {

  private static final Duration READY = Duration.ofSeconds(120);
  private static final String ACCOUNT = "heal8s-graphql-monitor";

  /** The writes of an edge, in order. */
  private enum Write {
    RECORD(sent -> isStatus(sent) && sent.body().contains("\"pending\":[{")),
    CREATE(sent -> sent.method().equals("POST") && pathOf(sent).endsWith("/remediations")),
    CROSS_OUT(sent -> isStatus(sent) && !sent.body().contains("\"pending\":[{"));

    private final Predicate<Sent> request;

    Write(Predicate<Sent> request) {
      this.request = request;
    }

    private static boolean isStatus(Sent sent) {
      return sent.method().equals("PATCH") && pathOf(sent).endsWith("/shop/status");
    }

    private static String pathOf(Sent sent) {
      return sent.path().replaceFirst("\\?.*", "");
    }
  }

  private final PlayedApp shop = new PlayedApp();
  private String namespace;
  private KubernetesReader reader;
  private DeadlyProxy proxy;
  private ServiceProcess monitor;

  @BeforeEach
  void start(TestCluster test) throws Exception {
    namespace = test.namespace();
    reader = new KubernetesReader(new KubernetesApi(test.admin(), Duration.ofSeconds(20)));
    Distribution distribution = Distribution.find(System.getenv());
    Path repository = Distribution.repository(Path.of("").toAbsolutePath());
    new SuiteOnCluster(test.cluster(), distribution, "unused-token-0123456789-012345678")
        .install(Programs.ofThisUser(), repository);
    proxy = new DeadlyProxy(test.cluster());
    Path kubeconfig = proxy.kubeconfig(test.kubeconfigFor(SuiteOnCluster.NAMESPACE, ACCOUNT));
    test.applyText(
        """
        apiVersion: operator.kco.local/v1alpha1
        kind: TargetApp
        metadata: {name: shop}
        spec:
          stateQuery: "{health}"
          graphqlEndpoint: %s
          actions:
          - trigger: {field: health, condition: equals, value: bad}
            action: restart_pod
            parameters: {podSelector: {app: shop}}
        """
            .formatted(shop.url()));
    monitor =
        ServiceProcess.start(
                ServiceProcess.Definition.of(
                        distribution,
                        "graphql-monitor",
                        ServiceProcess.freePort(),
                        test.cluster().directory(),
                        "--heal8s.kubernetes.kubeconfig=" + kubeconfig,
                        "--heal8s.graphql.metrics-port=-1",
                        "--heal8s.graphql.namespaces=" + namespace,
                        "--heal8s.graphql.allowed-cidrs=127.0.0.0/8",
                        "--heal8s.graphql.interval=1s",
                        "--heal8s.graphql.lease=3s",
                        "--heal8s.graphql.lease-renewal=500ms")
                    .with("POD_NAMESPACE", SuiteOnCluster.NAMESPACE))
            .awaitReady(READY);
  }

  @AfterEach
  void stop() {
    monitor.close();
    proxy.close();
    shop.close();
  }

  private static ConditionFactory patience() {
    return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
  }

  private TargetAppStatus status() {
    return reader
        .get(ServedKinds.TARGET_APPS, new ObjectKey(namespace, "shop"))
        .orThrow()
        .orElseThrow()
        .statusOrEmpty();
  }

  private int remediations() {
    return reader.list(ServedKinds.REMEDIATIONS, Selector.namespace(namespace)).orThrow().size();
  }

  private void awaitTwoMorePolls() {
    int polls = shop.polls();
    patience().until(() -> shop.polls() >= polls + 2);
  }

  @Test
  void anOutageThatWasRecordedIsActedOnOnceAndTheSecondIsNotLost() throws Exception {
    patience().until(() -> status().state() == TargetAppStatus.State.Monitoring);
    int outages = 0;
    for (Write write : Write.values()) {
      proxy.killAt(write.request, monitor::kill);
      shop.turn("bad");
      outages++;
      patience().until(proxy::hasKilled);
      int expected = write == Write.RECORD ? outages - 1 : outages;
      patience()
          .untilAsserted(
              () ->
                  assertThat(remediations()).as("when killed after %s", write).isEqualTo(expected));
      shop.turn("ok");

      monitor.restart();
      monitor.awaitReady(READY);
      awaitTwoMorePolls();
      patience().until(() -> status().pendingOrEmpty().isEmpty());
      assertThat(remediations()).as("after %s and a restart", write).isEqualTo(outages);

      shop.turn("bad");
      outages++;
      int all = outages;
      patience().until(() -> remediations() == all && status().pendingOrEmpty().isEmpty());
      awaitTwoMorePolls();
      assertThat(remediations()).as("of the second outage, after %s", write).isEqualTo(outages);
      assertThat(status().actionsExecuted()).isEqualTo(outages);
      shop.turn("ok");
      awaitTwoMorePolls();
    }
  }
}
