// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import static org.awaitility.Awaitility.await;

import io.heal8s.dev.controlplane.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gateway as a process of its own, which can be killed. */
final class GatewayProcess implements AutoCloseable {

  private static final Pattern TAKEN_IN =
      Pattern.compile("(?m)^heal8s_webhook_last_received_timestamp_seconds(?:\\{[^}]*})? (\\S+)$");

  private final Process process;
  private final Path log;
  private final int port;
  private final int managementPort;

  private GatewayProcess(Process process, Path log, int port, int managementPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** A port that nobody uses now; a sender must find the next process on the same one. */
  static int freePort() throws IOException {
    return new Ports(new SecureRandom()).next();
  }

  static GatewayProcess start(Path kubeconfig, int port, String... settings) throws IOException {
    Path token = Files.createTempFile("token", "");
    token.toFile().deleteOnExit();
    Files.writeString(token, RunningGateway.TOKEN + "\n");
    int managementPort = freePort();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AlertGatewayApplication.class.getName(),
                "--heal8s.kubernetes.kubeconfig=" + kubeconfig,
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--heal8s.management.port=" + managementPort,
                "--heal8s.gateway.metrics-port=-1",
                "--heal8s.gateway.auth.modes=bearer",
                "--heal8s.gateway.auth.bearer.token-files=" + token));
    command.addAll(List.of(settings));
    Path log = Files.createTempFile("gateway", ".txt");
    log.toFile().deleteOnExit();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new GatewayProcess(process, log, port, managementPort);
  }

  URI webhook() {
    return URI.create("http://127.0.0.1:" + port + "/webhooks/alertmanager");
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** Whether a delivery was read and is at work, or was. */
  boolean hasTakenIn(HttpClient http) throws IOException, InterruptedException {
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/metrics"))
            .build();
    Matcher time = TAKEN_IN.matcher(http.send(metrics, BodyHandlers.ofString()).body());
    return time.find() && Double.parseDouble(time.group(1)) > 0;
  }

  void awaitReady(HttpClient http) {
    HttpRequest readyz =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/readyz"))
            .build();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> http.send(readyz, BodyHandlers.discarding()).statusCode() == 200);
  }

  /** As Alertmanager sends: HTTP status, or -1 when there was no answer. */
  static int send(HttpClient http, URI webhook, String body) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(webhook)
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + RunningGateway.TOKEN)
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException noAnswer) {
      return -1;
    }
  }

  /** SIGKILL: nothing is flushed, nothing is said. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** The exit code, once it has ended. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the gateway did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
