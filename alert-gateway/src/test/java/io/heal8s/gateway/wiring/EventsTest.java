// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people are told, under the rights of the chart. */
@RealCluster
class EventsTest {

  private static final String ALERTMANAGER = "/webhooks/alertmanager";
  private static final ResourceType<JsonObject> EVENTS =
      ResourceType.untyped("events.k8s.io", "v1", "Event", "events", true);

  @Test
  void refusedCallsAndLeftOutAlertsAreOneEventEach(TestCluster test) throws Exception {
    GatewayCluster cluster = new GatewayCluster(test.cluster()).install();
    String suite = test.namespace();
    String shop = suite + "-shop";
    cluster.createNamespace(shop);
    try (RunningGateway gateway =
        RunningGateway.start(
            cluster.kubeconfig(), "heal8s.kubernetes.namespace=" + suite, "POD_NAME=gateway-0")) {
      gateway.awaitReady();
      for (int i = 0; i < 20; i++) {
        gateway.send(
            HttpRequest.newBuilder(gateway.uri(ALERTMANAGER))
                .POST(BodyPublishers.ofString(Deliveries.oom(shop, "web"))));
        gateway.post(ALERTMANAGER, Deliveries.of().replace("s\":0", "s\":5"));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(told(cluster, suite))
                      .containsExactlyInAnyOrder(
                          "Pod gateway-0 AlertsTruncated", "Pod gateway-0 DeliveryRefused"));
      assertThat(gateway.metrics())
          .contains("heal8s_alerts_truncated_total 100.0")
          .contains("heal8s_webhook_refused_total{code=\"401\",reason=\"NoCredentials\"} 20.0");

      gateway.post(ALERTMANAGER, Deliveries.oom(shop, "lost"));
      for (int attempt = 1; attempt <= 3; attempt++) {
        for (Remediation remediation : cluster.stored(shop, "lost")) {
          cluster.setStatus(
              remediation, "{\"phase\":\"Expired\",\"resolvedAt\":\"2026-03-01T10:00:01Z\"}");
        }
        gateway.post(ALERTMANAGER, Deliveries.oom(shop, "lost"));
      }
      gateway.post(ALERTMANAGER, Deliveries.oom(shop, "lost"));
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(told(cluster, shop))
                      .singleElement()
                      .asString()
                      .matches("Remediation rem-kubepodoomkilled-[0-9a-f]{16}-3 GaveUp"));
    }
  }

  private static List<String> told(GatewayCluster cluster, String namespace) {
    return new KubernetesReader(cluster.admin())
        .list(EVENTS, Selector.namespace(namespace)).orThrow().stream()
            .map(
                event -> {
                  JsonObject regarding = event.getAsJsonObject("regarding");
                  return regarding.get("kind").getAsString()
                      + " "
                      + regarding.get("name").getAsString()
                      + " "
                      + event.get("reason").getAsString();
                })
            .toList();
  }
}
