// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Three small GraphQL applications: each a real server on this machine and, on the cluster, a pod
 * of the host's network, played by kwok. A server that fails goes on failing until its pod is
 * another one, as a process does that only a restart helps.
 */
final class GraphqlApps implements AutoCloseable {

  static final String NAMESPACE = "apps";
  static final List<String> NAMES = List.of("cart", "catalog", "payment");

  private static final class App {
    final HttpServer server;
    volatile String health = "healthy";
    volatile String pod = "";

    App(HttpServer server) {
      this.server = server;
    }
  }

  private final ApiClient admin;
  private final Consumer<String> told;
  private final Map<String, App> apps = new LinkedHashMap<>();

  private GraphqlApps(ApiClient admin, Consumer<String> told) {
    this.admin = admin;
    this.told = told;
  }

  /** The servers, each on a free port. */
  static GraphqlApps start(ApiClient admin, Consumer<String> told) {
    GraphqlApps all = new GraphqlApps(admin, told);
    try {
      for (String name : NAMES) {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        App app = new App(server);
        server.createContext("/graphql", exchange -> answer(app, name, exchange));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        all.apps.put(name, app);
      }
      return all;
    } catch (IOException e) {
      all.close();
      throw new UncheckedIOException(e);
    }
  }

  private static void answer(App app, String name, HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body =
          "{\"data\":{\"application\":{\"name\":\"%s\",\"health\":\"%s\"}}}"
              .formatted(name, app.health)
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** What runs them on the cluster, and what watches them. */
  String manifests() {
    StringBuilder all = new StringBuilder();
    apps.forEach((name, app) -> all.append(manifest(name, app.server.getAddress().getPort())));
    return all.toString();
  }

  private static String manifest(String name, int port) {
    return """
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %1$s, namespace: %3$s}
    spec:
      replicas: 1
      selector: {matchLabels: {app: %1$s}}
      template:
        metadata: {labels: {app: %1$s}}
        spec:
          hostNetwork: true
          containers: [{name: app, image: "registry.example/%1$s:1.0"}]
    ---
    %4$s
    """
        .formatted(name, port, NAMESPACE, targetApp(name, port));
  }

  /** How one of them is watched. */
  static String targetApp(String name, int port) {
    return """
    apiVersion: operator.kco.local/v1alpha1
    kind: TargetApp
    metadata: {name: %1$s, namespace: %3$s}
    spec:
      selector: {matchLabels: {app: %1$s}}
      port: %2$d
      stateQuery: "{application{name health}}"
      pollingInterval: 5
      actions:
      - trigger: {field: application.health, condition: equals, value: unhealthy}
        action: restart_pod
    """
        .formatted(name, port, NAMESPACE);
  }

  int port(String name) {
    return app(name).server.getAddress().getPort();
  }

  /** The process of that app fails from now on. */
  void turnUnhealthy(String name) {
    app(name).pod = pod(name);
    app(name).health = "unhealthy";
  }

  /** Whether another pod runs than the one that failed; if so, a new process is healthy. */
  boolean wasRestarted(String name) {
    App app = app(name);
    String now = pod(name);
    if (now.isEmpty() || now.equals(app.pod)) {
      return false;
    }
    if (!app.health.equals("healthy")) {
      told.accept(name + " runs in another pod, " + now);
      app.health = "healthy";
    }
    return true;
  }

  /** Name of the app's pod that is ready, empty if there is none. */
  String pod(String name) {
    try {
      return new CoreV1Api(admin)
          .listNamespacedPod(NAMESPACE).labelSelector("app=" + name).execute().getItems().stream()
              .filter(GraphqlApps::serves)
              .map(pod -> Objects.requireNonNull(pod.getMetadata()).getName())
              .findFirst()
              .orElse("");
    } catch (ApiException e) {
      throw new IllegalStateException("cannot list the pods of " + name, e);
    }
  }

  private static boolean serves(V1Pod pod) {
    V1PodStatus status = pod.getStatus();
    return Objects.requireNonNull(pod.getMetadata()).getDeletionTimestamp() == null
        && status != null
        && status.getPodIP() != null
        && status.getConditions() != null
        && status.getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("Ready") && condition.getStatus().equals("True"));
  }

  private App app(String name) {
    @Nullable App app = apps.get(name);
    return Objects.requireNonNull(app, name);
  }

  @Override
  public void close() {
    apps.values().forEach(app -> app.server.stop(0));
  }
}
