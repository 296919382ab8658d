// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A real HTTP server on loopback that answers as a test says and remembers what it was sent. */
public final class MoodyServer implements AutoCloseable {

  /**
   * What came in.
   *
   * @param method HTTP method
   * @param target path and query, as sent
   * @param headers by lower-case name
   * @param body text
   */
  public record Received(String method, String target, Map<String, String> headers, String body) {

    /** A header; empty when it was not sent. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /**
   * What goes out.
   *
   * @param status HTTP status
   * @param headers headers
   * @param body text
   */
  public record Reply(int status, Map<String, String> headers, String body) {

    /** A reply of JSON. */
    public static Reply json(int status, String body) {
      return new Reply(status, Map.of("Content-Type", "application/json"), body);
    }

    /** The same with one header more. */
    public Reply with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Reply(status, Map.copyOf(more), body);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Function<Received, Reply> mood = _ -> Reply.json(200, "{}");

  /** Starts it on a free port. */
  public MoodyServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** From now on it answers so. */
  public void answers(Function<Received, Reply> answer) {
    mood = answer;
  }

  /** Everything so far, oldest first. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Its port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** An address of it. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      Received request =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(headers),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      received.add(request);
      Reply reply = mood.apply(request);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
