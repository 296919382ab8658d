// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.heal8s.dev.controlplane.Cluster;
import io.heal8s.dev.controlplane.ClusterAccess;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Stands between one process and the API server, and kills the process at the request that a test
 * names: when the server has done as it was asked and the process does not know it yet. Everything
 * else goes through, watches as they come. It listens on loopback and carries what it is sent, the
 * token included.
 */
final class DeadlyProxy implements AutoCloseable {

  /**
   * A request.
   *
   * @param path with the query
   * @param body empty if there is none
   */
  record Sent(String method, String path, String body) {}

  private record Trap(
      Predicate<Sent> at, Runnable kill, AtomicBoolean sprung, AtomicBoolean over) {}

  private static final Set<String> OF_ONE_CONNECTION =
      Set.of("connection", "host", "content-length", "transfer-encoding", "accept-encoding");

  private final String server;
  private final OkHttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer listening;
  private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();

  DeadlyProxy(Cluster cluster) throws IOException {
    ApiClient admin = new ClusterAccess(cluster).admin();
    this.server = admin.getBasePath();
    // Watches are silent for as long as nothing happens.
    this.client = admin.getHttpClient().newBuilder().readTimeout(Duration.ZERO).build();
    this.listening =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    listening.setExecutor(threads);
    listening.createContext("/", this::serve);
    listening.start();
  }

  /** The same kubeconfig, by way of this. */
  Path kubeconfig(Path direct) throws IOException {
    String here = "http://127.0.0.1:" + listening.getAddress().getPort();
    String text =
        Files.readString(direct)
            .replaceFirst("server: \\S+", "server: " + here)
            .replaceFirst("(?m)^ +certificate-authority-data: .*\\R", "");
    return Files.writeString(direct.resolveSibling(direct.getFileName() + "-proxied"), text);
  }

  /** Kills at the next such request; once. */
  void killAt(Predicate<Sent> at, Runnable kill) {
    trap.set(new Trap(at, kill, new AtomicBoolean(), new AtomicBoolean()));
  }

  /** Whether it has killed since it was told to. */
  boolean hasKilled() {
    Trap set = trap.get();
    return set != null && set.over().get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().toString();
      Sent sent =
          new Sent(exchange.getRequestMethod(), path, new String(body, StandardCharsets.UTF_8));
      Trap set = trap.get();
      try (Response answer = client.newCall(forwarded(exchange, body)).execute()) {
        boolean deadly =
            set != null
                && answer.isSuccessful()
                && set.at().test(sent)
                && set.sprung().compareAndSet(false, true);
        if (set != null && deadly) {
          set.kill().run();
          set.over().set(true);
        } else {
          pass(answer, exchange);
        }
      }
    }
  }

  private Request forwarded(HttpExchange exchange, byte[] body) {
    Request.Builder request = new Request.Builder().url(server + exchange.getRequestURI());
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_ONE_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.addHeader(name, value));
              }
            });
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    boolean hasBody =
        body.length > 0 || List.of("POST", "PUT", "PATCH").contains(exchange.getRequestMethod());
    return request
        .method(
            exchange.getRequestMethod(),
            hasBody ? RequestBody.create(body, type == null ? null : MediaType.get(type)) : null)
        .build();
  }

  private static void pass(Response answer, HttpExchange exchange) throws IOException {
    String type = answer.header("Content-Type");
    if (type != null) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    ResponseBody body = answer.body();
    exchange.sendResponseHeaders(answer.code(), 0);
    try (InputStream in = body.byteStream();
        OutputStream out = exchange.getResponseBody()) {
      byte[] part = new byte[8192];
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        out.write(part, 0, n);
        out.flush();
      }
    }
  }

  @Override
  public void close() {
    listening.stop(0);
    client.dispatcher().cancelAll();
    threads.shutdownNow();
  }
}
