// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    return new RunningGateway(
        new SpringApplicationBuilder(AlertGatewayApplication.class)
            .run(args.toArray(String[]::new)));
  }

  int port() {
    return Integer.parseInt(
        Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port")));
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  /** Posts with the right token. */
  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path))
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
