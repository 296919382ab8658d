// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An application that tells its health through GraphQL. */
final class PlayedApp implements AutoCloseable {

  private final HttpServer server;
  private final AtomicInteger polls = new AtomicInteger();
  private volatile String health = "ok";

  PlayedApp() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/graphql", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/graphql";
  }

  /** From now on its health is that. */
  void turn(String health) {
    this.health = health;
  }

  /** How often it was asked. */
  int polls() {
    return polls.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      polls.incrementAndGet();
      byte[] body =
          "{\"data\":{\"health\":\"%s\"}}".formatted(health).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
