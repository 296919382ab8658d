// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.suite;

import io.heal8s.dev.controlplane.ChildCommand;
import io.heal8s.dev.controlplane.ChildProcess;
import io.heal8s.dev.controlplane.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One service as a process of its own. It ends with the process that started it.
 *
 * <p>Not thread-safe.
 */
public final class ServiceProcess implements AutoCloseable {

  private static final Duration PROBE = Duration.ofSeconds(2);

  /** A page of ten thousand series takes a while on a machine that has other things to do. */
  private static final Duration PAGE = Duration.ofSeconds(60);

  private final Definition definition;
  private final HttpClient http = HttpClient.newHttpClient();
  private ChildProcess process;
  private long launched;

  /**
   * How to run a service.
   *
   * @param service module name
   * @param command program and arguments
   * @param environment added to this process's environment
   * @param managementPort port of {@code /readyz} and {@code /metrics}
   * @param directory working folder, must exist; the log lies in it
   */
  public record Definition(
      String service,
      List<String> command,
      Map<String, String> environment,
      int managementPort,
      Path directory) {

    /** The service with arguments. */
    public static Definition of(
        Distribution distribution,
        String service,
        int managementPort,
        Path directory,
        String... arguments) {
      List<String> line = new ArrayList<>(distribution.command(service));
      line.add("--heal8s.management.port=" + managementPort);
      line.addAll(List.of(arguments));
      return new Definition(service, line, Map.of(), managementPort, directory);
    }

    /** The same, run by another program that takes a command line after its own arguments. */
    public Definition startedBy(List<String> program) {
      List<String> line = new ArrayList<>(program);
      line.addAll(command);
      return new Definition(service, line, environment, managementPort, directory);
    }

    /** The same with one more environment variable. */
    public Definition with(String variable, String value) {
      Map<String, String> more = new java.util.TreeMap<>(environment);
      more.put(variable, value);
      return new Definition(service, command, Map.copyOf(more), managementPort, directory);
    }
  }

  private ServiceProcess(Definition definition) {
    this.definition = definition;
    this.process = launch();
  }

  /** Starts a service; it is not ready yet. */
  public static ServiceProcess start(Definition definition) {
    return new ServiceProcess(definition);
  }

  /** A port that is free now, and that no outgoing connection is given before it is bound. */
  public static int freePort() {
    try {
      return new Ports(new SecureRandom()).next();
    } catch (IOException e) {
      throw new IllegalStateException("no free port", e);
    }
  }

  private ChildProcess launch() {
    ChildCommand command =
        ChildCommand.of(
            definition.service(),
            definition.command(),
            definition.directory(),
            definition.directory().resolve(definition.service() + ".log"));
    for (Map.Entry<String, String> entry : definition.environment().entrySet()) {
      command = command.with(entry.getKey(), entry.getValue());
    }
    launched = System.nanoTime();
    return command.withGrace(Duration.ofSeconds(15)).start();
  }

  /**
   * Waits until the service says that it is ready.
   *
   * @throws IllegalStateException with the end of its log if it ends before, or takes longer
   */
  public ServiceProcess awaitReady(Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "%s %s; the end of its log:%n%s"
                .formatted(
                    definition.service(),
                    process.isAlive() ? "was not ready after " + atMost : "ended",
                    process.lastLogLines(20)));
      }
      process.waitFor(Duration.ofMillis(25));
    }
    return this;
  }

  /** How long it has been running, from when its program was called. */
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - launched);
  }

  /** Whether {@code /readyz} answers 200 now. */
  public boolean isReady() {
    return status("/readyz") == 200;
  }

  private int status(String path) {
    try {
      return http.send(request(path, PROBE), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      // Nobody listens yet.
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private HttpRequest request(String path, Duration timeout) {
    URI uri = URI.create("http://127.0.0.1:" + definition.managementPort() + path);
    return HttpRequest.newBuilder(uri).timeout(timeout).build();
  }

  /** Text of the service's metrics page. */
  public String metrics() {
    try {
      return http.send(request("/metrics", PAGE), HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading metrics", e);
    }
  }

  /** Ends it as a crash would (KILL). */
  public void kill() {
    process.kill();
  }

  /** Starts it again after {@link #kill()} or its end. */
  public void restart() {
    process.kill();
    process = launch();
  }

  /** The process. */
  public ChildProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.stop();
  }
}
