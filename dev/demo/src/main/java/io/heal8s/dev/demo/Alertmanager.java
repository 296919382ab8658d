// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.demo;

import com.google.gson.Gson;
import io.heal8s.dev.controlplane.ChildCommand;
import io.heal8s.dev.controlplane.ChildProcess;
import io.heal8s.dev.controlplane.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Alertmanager, configured as the README tells users to, that sends to the gateway. */
final class Alertmanager implements AutoCloseable {

  private static final String CONFIGURATION =
      """
      route:
        receiver: heal8s
        group_by: [alertname, namespace]
        group_wait: 1s
        group_interval: 10s
        repeat_interval: 1h
      receivers:
        - name: heal8s
          webhook_configs:
            - url: %s
              send_resolved: true
              http_config:
                authorization:
                  type: Bearer
                  credentials_file: %s
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI address;
  private final ChildProcess process;

  private Alertmanager(URI address, ChildProcess process) {
    this.address = address;
    this.process = process;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param webhook address of the gateway
   * @param tokenFile file with the bearer token
   */
  static Alertmanager start(Programs programs, Path folder, int port, URI webhook, Path tokenFile)
      throws InterruptedException {
    Path configuration = folder.resolve("alertmanager.yml");
    try {
      Files.writeString(configuration, CONFIGURATION.formatted(webhook, tokenFile));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> line =
        List.of(
            programs.alertmanager().toString(),
            "--config.file=" + configuration,
            "--storage.path=" + folder.resolve("alertmanager"),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address=");
    ChildProcess process =
        ChildCommand.of("alertmanager", line, folder, folder.resolve("alertmanager.log")).start();
    Alertmanager alertmanager = new Alertmanager(URI.create("http://127.0.0.1:" + port), process);
    alertmanager.awaitReady();
    return alertmanager;
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (status(HttpRequest.newBuilder(address.resolve("/-/ready")).build()) != 200) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Alertmanager does not answer:\n" + process.lastLogLines(10));
      }
      process.waitFor(Duration.ofMillis(50));
    }
  }

  /** Sends one firing alert, as Prometheus does. */
  void fire(Map<String, String> labels, Map<String, String> annotations)
      throws InterruptedException {
    String body = new Gson().toJson(List.of(Map.of("labels", labels, "annotations", annotations)));
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/api/v2/alerts"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status = status(request);
    if (status != 200) {
      throw new IllegalStateException("Alertmanager answered " + status + " to an alert");
    }
  }

  private int status(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    process.stop();
  }
}
