// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import com.google.gson.Gson;
import io.heal8s.dev.controlplane.GoModule;
import io.heal8s.dev.controlplane.GoProgram;
import io.heal8s.dev.controlplane.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Many small GraphQL applications on loopback addresses, all in one process of its own. */
final class PlayedApps implements AutoCloseable {

  private record Ports(int port, int control) {}

  /**
   * What they were asked.
   *
   * @param apps applications that were asked at least once
   * @param requests requests of all of them
   * @param connections connections to all of them
   * @param wrong requests that were none of GraphQL
   */
  record Counts(long apps, long requests, long connections, long wrong) {}

  private final Process process;
  private final Ports ports;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param stateBytes size to which a state is padded
   */
  PlayedApps(Programs programs, int stateBytes) throws IOException {
    GoModule module = GoModule.onClassPath(PlayedApps.class, "/go/apps", "go.mod", "main.go");
    Path program = programs.path(GoProgram.of("apps", "1", module, "."));
    this.process =
        new ProcessBuilder(program.toString(), "-state-bytes", Integer.toString(stateBytes))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.ports = new Gson().fromJson(said.readLine(), Ports.class);
  }

  /** Address of one of them, from 0. */
  static String address(int index) {
    // 127.1.0.1 and on: none of them is the machine's usual one.
    return "127.%d.%d.%d".formatted(1 + index / 62_500, index / 250 % 250, 1 + index % 250);
  }

  /** Where one of them is asked. */
  String url(int index) {
    return "http://" + address(index) + ":" + ports.port() + "/graphql";
  }

  /** From now on one of them says that. */
  void setHealth(int index, String health) throws IOException, InterruptedException {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/health?address=%s&is=%s"
                .formatted(ports.control(), address(index), health));
    http.send(
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
        BodyHandlers.discarding());
  }

  Counts counts() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d/counts".formatted(ports.control()));
    return new Gson()
        .fromJson(
            http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body(),
            Counts.class);
  }

  @Override
  public void close() {
    process.destroy();
    http.close();
  }
}
