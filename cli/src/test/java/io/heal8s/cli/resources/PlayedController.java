// SPDX-License-Identifier: Apache-2.0
package io.heal8s.cli.resources;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers what a test says, and remembers what was asked. */
final class PlayedController implements AutoCloseable {

  private final HttpServer server;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /**
   * What was asked.
   *
   * @param what method and path, with the query
   * @param body empty for none
   */
  record Asked(String what, String body) {}

  private record Reply(int status, String body, String cursor) {}

  PlayedController() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /** Answers from now on so; anything that no answer is said for is 404. */
  PlayedController answers(String what, int status, String body) {
    replies.put(what, new Reply(status, body, ""));
    return this;
  }

  /** The same for a page that another one follows. */
  PlayedController answersPage(String what, String body, String cursor) {
    replies.put(what, new Reply(200, body, cursor));
    return this;
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      asked.add(new Asked(what, body));
      Reply reply = replies.getOrDefault(what, new Reply(404, "{\"detail\":\"none\"}", ""));
      if (!reply.cursor().isEmpty()) {
        exchange.getResponseHeaders().set("X-Next-Cursor", reply.cursor());
      }
      byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
