// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.resources;

import static org.awaitility.Awaitility.await;

import io.heal8s.dev.controlplane.ChildCommand;
import io.heal8s.dev.controlplane.ChildProcess;
import io.heal8s.dev.suite.Distribution;
import io.heal8s.dev.suite.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code ./heal8s up resource-controller} as a terminal starts it: by the launcher's own function,
 * in a process group of its own, with Ctrl-C going to all of the group.
 */
final class UpProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(90);

  /** What the launcher does after it has built; the repository is the first argument. */
  private static final String LAUNCH =
      """
      set -euo pipefail
      root=$1
      shift
      scratch_folder=$(mktemp -d)
      . "$root/dev/launcher/resource-controller.sh"
      run_resource_controller "$@"
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path data;
  private final int port;
  private final ChildProcess process;

  private UpProcess(Path data, int port, ChildProcess process) {
    this.data = data;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it; it does not answer yet.
   *
   * @param folder for its data, its log and the unpacked service
   * @param environment further settings
   * @param options further options of the command
   */
  static UpProcess start(Path folder, Map<String, String> environment, String... options) {
    int port = ServiceProcess.freePort();
    Path data = folder.resolve("data");
    Path repository = Distribution.repository(Path.of("").toAbsolutePath());
    List<String> line =
        new ArrayList<>(
            List.of("setsid", "env", "--default-signal=INT", "bash", "-c", LAUNCH, "up"));
    line.add(repository.toString());
    line.addAll(List.of("--port", Integer.toString(port), "--data", data.toString()));
    line.addAll(List.of(options));
    ChildCommand command =
        ChildCommand.of("up", line, folder, folder.resolve("up.log"))
            .with("JAVA_HOME", System.getProperty("java.home"))
            .with(Distribution.VARIABLE, unpacked(folder, repository).toString());
    for (Map.Entry<String, String> setting : environment.entrySet()) {
      command = command.with(setting.getKey(), setting.getValue());
    }
    return new UpProcess(data, port, command.withGrace(Duration.ofSeconds(15)).start());
  }

  /** What the launcher unpacked, or the same layout around the module's boot jar. */
  private static Path unpacked(Path folder, Path repository) {
    String built = System.getenv(Distribution.VARIABLE);
    if (built != null) {
      return Path.of(built);
    }
    Path service = folder.resolve("dist").resolve("resource-controller");
    try {
      if (Files.notExists(service)) {
        Files.createDirectories(service);
        List<String> command = Distribution.find(Map.of()).command("resource-controller");
        Files.copy(Path.of(command.getLast()), service.resolve("resource-controller.jar"));
        Files.copy(
            repository.resolve("dev/launcher/service.jvm.options"), service.resolve("jvm.options"));
      }
      return folder.resolve("dist");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it answers. */
  UpProcess awaitUp() {
    await()
        .alias("the end of its log:\n" + process.lastLogLines(20))
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .failFast("it ended", () -> !process.isAlive())
        .until(() -> status("/health") == 200);
    return this;
  }

  private int status(String path) {
    try {
      return call("GET", path, null).statusCode();
    } catch (UncheckedIOException e) {
      // Nobody listens yet.
      return 0;
    }
  }

  /** Calls it; the headers are names and values in turn. */
  HttpResponse<String> call(String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .timeout(Duration.ofSeconds(30))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /** The database's process; empty when there is none. */
  Optional<ProcessHandle> database() {
    Path file = data.resolve("data").resolve("postmaster.pid");
    try {
      return Files.exists(file)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Ctrl-C in its terminal. */
  void interrupt() throws IOException, InterruptedException {
    int sent =
        new ProcessBuilder("bash", "-c", "kill -INT -- -$0", Long.toString(process.pid()))
            .inheritIO()
            .start()
            .waitFor();
    if (sent != 0) {
      throw new IllegalStateException("the signal was not sent");
    }
  }

  /** Its exit code, or empty when it runs longer. */
  Optional<Integer> exit(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost) ? Optional.of(process.onExit().join()) : Optional.empty();
  }

  /** Everything that it said. */
  String log() {
    return process.lastLogLines(Integer.MAX_VALUE);
  }

  /** Ends it as a crash would. */
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
    database().ifPresent(ProcessHandle::destroy);
    http.close();
  }
}
