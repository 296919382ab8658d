// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.boot.Heal8sApplication;
import io.heal8s.core.boot.ServiceConnectors;
import io.heal8s.operator.act.Transitions;
import io.heal8s.operator.testing.Rem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The metrics of the first release, as Prometheus reads them from this service. */
class MetricNamesTest {

  private static final String NO_CLUSTER =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: none, user: {token: none}}]
      contexts: [{name: none, context: {cluster: none, user: none}}]
      current-context: none
      """;

  @Test
  void areServedUnderTheirNames(@TempDir Path folder) throws Exception {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), NO_CLUSTER);
    try (ConfigurableApplicationContext operator =
        Heal8sApplication.run(
            RemediationOperatorApplication.class,
            "--server.port=0",
            "--heal8s.management.port=0",
            "--heal8s.operator.metrics-port=0",
            "--heal8s.kubernetes.kubeconfig=" + kubeconfig)) {
      Transitions transitions = operator.getBean(Transitions.class);
      for (Phase end : List.of(Phase.Succeeded, Phase.Failed)) {
        transitions.happened(
            Rem.planned("a").build(),
            Rem.planned("a").ended(end, "Why", Duration.ofMinutes(1)).build().statusOrEmpty());
      }

      assertThat(scrape(operator))
          .contains(
              "heal8s_remediations_succeeded_total{action_type=\"IncreaseMemory\",mode=\"GitOps\","
                  + "target_kind=\"Deployment\"} 1.0",
              "heal8s_remediations_failed_total{action_type=\"IncreaseMemory\",reason=\"Why\","
                  + "target_kind=\"Deployment\"} 1.0",
              "heal8s_remediation_duration_seconds_bucket{action_type=\"IncreaseMemory\","
                  + "phase=\"Succeeded\",le=\"3600.0\"} 1",
              "heal8s_remediation_phase_transitions_total{from_phase=\"Pending\","
                  + "to_phase=\"Failed\"} 1.0");
    }
  }

  private static String scrape(ConfigurableApplicationContext operator) throws Exception {
    int port = operator.getBean(ServiceConnectors.class).localPort("heal8s.operator.metrics-port");
    URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
