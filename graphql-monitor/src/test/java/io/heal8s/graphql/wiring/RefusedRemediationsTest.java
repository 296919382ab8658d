// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.dev.controlplane.ManifestRefusedException;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A policy without a reason refuses with 422, as a wrong object is refused. */
@RealCluster
class RefusedRemediationsTest {

  private static final String NOT_CREATED = "heal8s_graphql_remediations_not_created";

  private final PlayedServer shop = new PlayedServer();
  private MonitorCluster cluster;

  @BeforeEach
  void install(TestCluster test) {
    cluster = new MonitorCluster(test.cluster(), test.namespace()).install();
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private static PlayedServer.Answering health(String value) {
    return PlayedServer.json("{\"data\":{\"health\":\"" + value + "\"}}");
  }

  /** The policy is about this namespace; a ConfigMap shows when it has come into force. */
  private void allowOnly(String expression) {
    cluster.apply(
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: "%1$s"}
        spec:
          failurePolicy: Fail
          matchConstraints:
            resourceRules:
            - {apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE], resources: [remediations, configmaps]}
            namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "%1$s"}}
          validations: [{expression: "%2$s", message: not on Fridays}]
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: "%1$s"}
        spec: {policyName: "%1$s", validationActions: [Deny]}
        """
            .formatted(cluster.namespace(), expression),
        "");
  }

  private boolean isInForce() {
    try {
      cluster.apply(
          "{apiVersion: v1, kind: ConfigMap, metadata: {name: probe-%d}}"
              .formatted(System.nanoTime()));
      return false;
    } catch (ManifestRefusedException refused) {
      return true;
    }
  }

  @Test
  void whatAPolicyRefusesIsPendingUntilItLetsItPass() throws Exception {
    allowOnly("object.kind == 'Remediation' && object.spec.action.type != 'RestartPods'");
    MonitorCluster.patience().until(this::isInForce);
    shop.playing(health("ok"));
    cluster.createApp(
        "shop",
        """
        graphqlEndpoint: %s
        actions:
        - trigger: {field: health, condition: equals, value: bad}
          action: restart_pod
        - trigger: {field: health, condition: equals, value: bad}
          action: webhook
          parameters: {url: "https://hooks.example.com/shop"}
        """
            .formatted(shop.destination().url()));
    try (RunningMonitor monitor = RunningMonitor.start(cluster).awaitReady()) {
      MonitorCluster.patience().until(() -> cluster.status("shop").state() == State.Monitoring);
      shop.playing(health("bad"));
      MonitorCluster.patience()
          .until(
              () ->
                  String.valueOf(cluster.status("shop").conditions())
                      .contains("RemediationNotCreated"));
      assertThat(String.valueOf(cluster.status("shop").conditions())).contains("not on Fridays");
      assertThat(cluster.status("shop").pendingOrEmpty())
          .singleElement()
          .satisfies(one -> assertThat(one.action()).isZero());
      assertThat(cluster.status("shop").actionsExecuted()).isEqualTo(1);
      assertThat(cluster.remediations()).as("the other action's").hasSize(1);
      String of = "{namespace=\"" + cluster.namespace() + "\",tapp_name=\"shop\"} ";
      MonitorCluster.patience()
          .untilAsserted(
              () ->
                  assertThat(monitor.get("/metrics").body())
                      .contains(NOT_CREATED + of + "1.0")
                      .contains("action=\"restart_pod\",namespace=\"" + cluster.namespace())
                      .contains("status=\"failed\",tapp_name=\"shop\"} 1.0"));

      allowOnly("true");
      MonitorCluster.patience()
          .atMost(Duration.ofSeconds(90))
          .until(() -> cluster.remediations().size() == 2);
      MonitorCluster.patience().until(() -> cluster.status("shop").pendingOrEmpty().isEmpty());
      assertThat(cluster.status("shop").actionsExecuted()).isEqualTo(2);
      MonitorCluster.patience()
          .untilAsserted(
              () -> assertThat(monitor.get("/metrics").body()).doesNotContain(NOT_CREATED + of));
    }
  }
}
