// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.effect.ResourceType;
import io.heal8s.core.effect.Selector;
import io.heal8s.core.observe.Informers;
import io.heal8s.core.observe.Store;
import io.heal8s.core.observe.Watched;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** A service as a whole on a real API server: ready, alive, one leader of two. */
@RealCluster
class RealServerServiceTest {

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Service {

    @Bean
    Store<V1ConfigMap> maps(Informers informers, Environment environment) {
      return informers.watch(
          Watched.required(
                  ResourceType.namespaced(V1ConfigMap.class, "", "v1", "ConfigMap", "configmaps"))
              .only(Selector.namespace(environment.getRequiredProperty("test.namespace"))));
    }
  }

  private final List<ConfigurableApplicationContext> running = new ArrayList<>();

  @AfterEach
  void stop() {
    running.forEach(ConfigurableApplicationContext::close);
  }

  @Test
  void standbyTakesOverWhenTheLeaderStops(TestCluster cluster) {
    ConfigurableApplicationContext first = start(cluster, cluster.cluster().kubeconfig());
    await().until(() -> leads(first));
    ConfigurableApplicationContext second = start(cluster, cluster.cluster().kubeconfig());
    await().until(() -> second.getBean(Informers.class).synced());
    assertThat(leads(second)).isFalse();

    first.close();
    await().until(() -> leads(second));
  }

  @Test
  void serviceIsReadyAndAliveUnderBothNames(TestCluster cluster) throws Exception {
    ConfigurableApplicationContext service = start(cluster, cluster.cluster().kubeconfig());
    await().until(() -> get(service, "/readyz").statusCode() == 200);

    assertThat(get(service, "/actuator/health/readiness").body()).contains("\"informers\"");
    assertThat(get(service, "/healthz").statusCode()).isEqualTo(200);
    assertThat(get(service, "/actuator/health/liveness").body()).contains("\"loops\"");
  }

  @Test
  void serviceWithoutRightsIsAliveButNotReady(TestCluster cluster) throws Exception {
    cluster.applyText("{apiVersion: v1, kind: ServiceAccount, metadata: {name: poor}}");
    ConfigurableApplicationContext service =
        start(cluster, cluster.kubeconfigFor(cluster.namespace(), "poor"));

    await().until(() -> service.getBean(Informers.class).states().toString().contains("Forbidden"));
    assertThat(get(service, "/readyz").statusCode()).isEqualTo(503);
    assertThat(get(service, "/healthz").statusCode()).isEqualTo(200);
    assertThat(leads(service)).as("because it could not work").isFalse();
  }

  private ConfigurableApplicationContext start(TestCluster cluster, Path kubeconfig) {
    ConfigurableApplicationContext context =
        Heal8sApplication.run(
            Service.class,
            "--server.port=0",
            "--heal8s.management.port=0",
            "--test.namespace=" + cluster.namespace(),
            "--heal8s.kubernetes.namespace=" + cluster.namespace(),
            "--heal8s.kubernetes.kubeconfig=" + kubeconfig,
            "--heal8s.leader-election.enabled=true",
            "--heal8s.leader-election.lease-name=test.example",
            "--heal8s.leader-election.retry-period=200ms");
    running.add(context);
    return context;
  }

  private static boolean leads(ConfigurableApplicationContext context) {
    return context.getBean(Leadership.class).isLeading();
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext context, String path)
      throws Exception {
    int port = managementPort(context);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static int managementPort(ConfigurableApplicationContext context) {
    return context.getBean(ServiceConnectors.class).localPort("heal8s.management.port");
  }

  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
