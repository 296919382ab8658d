// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.resources;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How soon a hundred resources are ready, alone and beside one whose call takes a minute. */
public final class ReadyFigures implements AutoCloseable {

  private static final int HUNDRED = 100;
  private static final Duration SLOW = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final HttpServer target;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch slowBegan = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final BenchService service;

  /**
   * Starts a service with default settings, allowed to call this process.
   *
   * @param server with an empty database
   */
  public ReadyFigures(BenchServer server) throws IOException, InterruptedException {
    target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    target.setExecutor(threads);
    target.createContext("/fast", exchange -> answer(exchange, false));
    target.createContext("/slow", exchange -> answer(exchange, true));
    target.start();
    service =
        BenchService.start(
            server,
            "ready",
            List.of(
                "OUTBOUND_ALLOWED_CIDRS=127.0.0.0/8",
                "OUTBOUND_PLAIN_HTTP=true",
                "OUTBOUND_PORTS=" + target.getAddress().getPort()));
    service.awaitReady();
    RestFigures.type(service.port());
  }

  private void answer(com.sun.net.httpserver.HttpExchange exchange, boolean isSlow)
      throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      if (isSlow) {
        slowBegan.countDown();
        ended.await(SLOW.toSeconds(), TimeUnit.SECONDS);
      }
      exchange.sendResponseHeaders(204, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Seconds from the first create to the last ready. */
  public double hundredReadySeconds() throws IOException, InterruptedException {
    return hundred("alone-");
  }

  /** The same while the service waits for the answer to the call of another resource. */
  public double fastBesideSlowSeconds() throws IOException, InterruptedException {
    try (KeptConnection connection = new KeptConnection(service.port())) {
      create(connection, "slow", "slow");
    }
    if (!slowBegan.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the slow call never began");
    }
    double seconds = hundred("beside-");
    if (!status("slow").equals("reconciling")) {
      throw new IllegalStateException("the slow call was over too soon");
    }
    return seconds;
  }

  private double hundred(String prefix) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    new Workers(service.port()).all(HUNDRED, (to, number) -> create(to, prefix + number, "fast"));
    try (KeptConnection connection = new KeptConnection(service.port())) {
      while (ready(connection, prefix) < HUNDRED) {
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw new IllegalStateException("not all were ready in " + PATIENCE.toSeconds() + " s");
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void create(KeptConnection connection, String name, String path) throws IOException {
    RestFigures.create(
        connection,
        name,
        "http",
        "{\"url\": \"http://127.0.0.1:%d/%s\"}".formatted(target.getAddress().getPort(), path));
  }

  private static int ready(KeptConnection connection, String prefix) throws IOException {
    int ready = 0;
    for (JsonNode each : list(connection, "status=ready&limit=1000")) {
      if (each.path("name").asString("").startsWith(prefix)) {
        ready++;
      }
    }
    return ready;
  }

  private String status(String name) throws IOException {
    try (KeptConnection connection = new KeptConnection(service.port())) {
      return list(connection, "name=" + name).path(0).path("status").asString("");
    }
  }

  private static JsonNode list(KeptConnection connection, String query) throws IOException {
    return JsonMapper.shared()
        .readTree(connection.send("GET", "/api/v1/resources?" + query, null).body());
  }

  @Override
  public void close() {
    ended.countDown();
    service.close();
    target.stop(0);
    threads.shutdownNow();
  }
}
