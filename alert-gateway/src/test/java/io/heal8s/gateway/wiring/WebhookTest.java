// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.api.k8shealer.remediation.Annotations;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@RealCluster(apply = {"charts/crds/remediations.yaml", "charts/crds/remediationpolicies.yaml"})
@TestInstance(Lifecycle.PER_CLASS)
class WebhookTest {

  private static final String ALERTMANAGER = "/webhooks/alertmanager";

  private final TestCluster cluster;
  private final String namespace;
  private final RunningGateway gateway;

  WebhookTest(TestCluster cluster) throws Exception {
    this.cluster = cluster;
    this.namespace = cluster.namespace();
    this.gateway = RunningGateway.start(cluster.cluster().kubeconfig());
  }

  @BeforeAll
  void policiesAreRead() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> gateway.post(ALERTMANAGER, delivery("none", "NoSuchAlert")).statusCode() == 200);
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  @Test
  void anAlertBecomesARemediationBeforeItIsAnswered() throws Exception {
    HttpResponse<String> answer = gateway.post(ALERTMANAGER, delivery("web", "KubePodOOMKilled"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"outcome\":\"created\"")
        .contains("\"name\":\"rem-kubepod");
    List<Remediation> stored = stored("web");
    assertThat(stored).hasSize(1);
    assertThat(stored.getFirst().spec().target().name()).isEqualTo("web");

    HttpResponse<String> again = gateway.post(ALERTMANAGER, delivery("web", "KubePodOOMKilled"));
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("\"outcome\":\"exists\"");
    assertThat(stored("web")).hasSize(1);
  }

  @Test
  void whoIsNotKnownWritesNothing() throws Exception {
    HttpResponse<String> answer =
        gateway.send(
            gateway
                .request(ALERTMANAGER)
                .setHeader("Authorization", "Bearer wrong-wrong-wrong-wrong")
                .POST(BodyPublishers.ofString(delivery("stranger", "KubePodOOMKilled"))));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(stored("stranger")).isEmpty();
  }

  @Test
  void aMalformedBodyIsRefusedAsAWhole() throws Exception {
    String body = delivery("half", "KubePodOOMKilled").replace("]}", ",7]}");
    HttpResponse<String> answer = gateway.post(ALERTMANAGER, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("alerts[1]: not an object");
    assertThat(stored("half")).isEmpty();
  }

  private String delivery(String deployment, String alertName) {
    return """
        {"version":"4","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"%s",\
        "namespace":"%s","deployment":"%s","severity":"critical"},"annotations":{},\
        "startsAt":"2026-03-01T10:00:00.123Z","endsAt":"0001-01-01T00:00:00Z",\
        "fingerprint":"%s"}]}"""
        .formatted(alertName, namespace, deployment, "f-" + deployment);
  }

  /** The Remediations of a deployment. */
  private List<Remediation> stored(String deployment) {
    return new KubernetesReader(new KubernetesApi(cluster.admin(), Duration.ofSeconds(10)))
        .list(
            ResourceType.namespaced(
                Remediation.class,
                Remediation.GROUP,
                Remediation.VERSION,
                Remediation.KIND,
                Remediation.PLURAL),
            Selector.namespace(namespace).withLabels(Annotations.LABEL_TARGET + "=" + deployment))
        .orThrow();
  }
}
