// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import io.heal8s.core.boot.ServiceConnectors;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole monitor in this process, on ports of its own. */
final class RunningMonitor implements AutoCloseable {

  /**
   * A Lease that is over soon, for a test that waits for its end. A loaded machine may be too slow
   * to renew it.
   */
  static final List<String> SHORT_LEASE =
      List.of("heal8s.graphql.lease=3s", "heal8s.graphql.lease-renewal=500ms");

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningMonitor(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts it; settings are given as {@code name=value} and override the test's own. */
  static RunningMonitor start(MonitorCluster cluster, String... settings) throws IOException {
    return start(cluster, GraphqlMonitorApplication.class, null, settings);
  }

  /** The same with a client of the API server of the test's own. */
  static RunningMonitor start(
      MonitorCluster cluster, Class<?> application, @Nullable ApiClient client, String... settings)
      throws IOException {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--heal8s.kubernetes.kubeconfig=" + cluster.kubeconfig(),
                "--heal8s.kubernetes.namespace=" + MonitorCluster.SYSTEM,
                "--heal8s.kubernetes.timeout=5s",
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--heal8s.management.port=-1",
                "--heal8s.graphql.metrics-port=0",
                "--heal8s.graphql.allowed-cidrs=127.0.0.0/8",
                "--heal8s.graphql.namespaces=" + cluster.namespace(),
                // Of every TargetApp that does not say.
                "--heal8s.graphql.interval=1s"));
    for (String setting : settings) {
      String name = "--" + setting.substring(0, setting.indexOf('=') + 1);
      args.removeIf(argument -> argument.startsWith(name));
      args.add("--" + setting);
    }
    Properties defaults = new Properties();
    try (InputStream in = RunningMonitor.class.getResourceAsStream("/heal8s-defaults.properties")) {
      defaults.load(Objects.requireNonNull(in));
    }
    return new RunningMonitor(
        new SpringApplicationBuilder(application)
            .properties(defaults)
            .initializers(
                context -> {
                  if (client != null) {
                    context.getBeanFactory().registerSingleton("testClient", client);
                  }
                })
            .run(args.toArray(String[]::new)));
  }

  RunningMonitor awaitReady() {
    MonitorCluster.patience().until(() -> get("/readyz").statusCode() == 200);
    return this;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(mainPort(), path);
  }

  /** On the port where the original served its metrics. */
  HttpResponse<String> getOnMetricsPort(String path) throws IOException, InterruptedException {
    return get(metricsPort(), path);
  }

  /** The port where the original served its metrics, and where the GraphQL interface is. */
  int metricsPort() {
    return port("heal8s.graphql.metrics-port");
  }

  /** The port of that name. */
  int port(String name) {
    return context.getBean(ServiceConnectors.class).localPort(name);
  }

  int mainPort() {
    return Integer.parseInt(
        Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
  }

  boolean has(Class<?> type) {
    return context.getBeanNamesForType(type).length > 0;
  }

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }
}
