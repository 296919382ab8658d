// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import static org.awaitility.Awaitility.await;

import io.heal8s.core.boot.ServiceConnectors;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole gateway in this process, on ports of its own. */
final class RunningGateway implements AutoCloseable {

  static final String TOKEN = "a-token-for-tests-only";

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningGateway(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /** Starts it; settings are given as {@code name=value} and override the test's own. */
  static RunningGateway start(Path kubeconfig, String... settings) throws IOException {
    Path token = Files.createTempFile("token", "");
    token.toFile().deleteOnExit();
    Files.writeString(token, TOKEN + "\n");
    List<String> args =
        new ArrayList<>(
            List.of(
                "--heal8s.kubernetes.kubeconfig=" + kubeconfig,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--heal8s.management.port=0",
                "--heal8s.gateway.metrics-port=0",
                "--heal8s.gateway.auth.modes=bearer",
                "--heal8s.gateway.auth.bearer.token-files=" + token));
    for (String setting : settings) {
      args.add("--" + setting);
    }
    Properties defaults = new Properties();
    try (InputStream in = RunningGateway.class.getResourceAsStream("/heal8s-defaults.properties")) {
      defaults.load(Objects.requireNonNull(in));
    }
    return new RunningGateway(
        new SpringApplicationBuilder(AlertGatewayApplication.class)
            .properties(defaults)
            .run(args.toArray(String[]::new)));
  }

  int port() {
    return Integer.parseInt(
        Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** On the port that ph-operator's users know. */
  URI secondUri(String path) {
    return extra("heal8s.gateway.metrics-port", path);
  }

  URI managementUri(String path) {
    return extra("heal8s.management.port", path);
  }

  private URI extra(String port, String path) {
    int number = context.getBean(ServiceConnectors.class).localPort(port);
    return URI.create("http://127.0.0.1:" + number + path);
  }

  /** Waits until the policies were read. */
  void awaitReady() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> send(HttpRequest.newBuilder(managementUri("/readyz")).GET()).statusCode() == 200);
  }

  String metrics() throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(managementUri("/metrics")).GET()).body();
  }

  /** Posts with the right token. */
  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> post(URI uri, String body) throws IOException, InterruptedException {
    return send(request(uri).POST(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path) {
    return request(uri(path));
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + TOKEN);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    context.close();
    http.close();
  }
}
