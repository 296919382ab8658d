// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import com.google.gson.JsonParser;
import io.heal8s.graphql.endpoint.Destination;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.WebSocketServer;

/** A real WebSocket server on this machine that plays {@code graphql-transport-ws}. */
public final class PlayedSubscriptions extends WebSocketServer implements AutoCloseable {

  private final List<WebSocket> subscribed = new CopyOnWriteArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private volatile boolean answersPings = true;
  private volatile String first = "";

  /** Listens on a free port; subscribers get that message at once, unless it is empty. */
  public PlayedSubscriptions(String subprotocol) throws InterruptedException {
    super(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        1,
        List.of(new Draft_6455(List.of(), List.of(new Protocol(subprotocol)))));
    setDaemon(true);
    start();
    started.await();
  }

  /** Every subscriber gets that state first. */
  public PlayedSubscriptions beginningWith(String data) {
    first = next(data);
    return this;
  }

  /** It does not say that it is there. */
  public PlayedSubscriptions withoutPongs() {
    answersPings = false;
    return this;
  }

  /** Every subscriber is told a state. */
  public void tell(String data) {
    send(next(data));
  }

  /** Every subscriber is sent a message. */
  public void send(String message) {
    subscribed.forEach(socket -> socket.send(message));
  }

  /** Every connection ends. */
  public void hangUp() {
    List<WebSocket> now = List.copyOf(subscribed);
    subscribed.clear();
    now.forEach(socket -> socket.close(1001, "restart"));
  }

  /** Messages of the clients. */
  public List<String> received() {
    return received;
  }

  /** Header Authorization of each connection. */
  public List<String> authorizations() {
    return authorizations;
  }

  /** How many are subscribed. */
  public int subscribers() {
    return subscribed.size();
  }

  /** Where it is. */
  public Destination destination() {
    return new Destination(
        false, "127.0.0.1", InetAddress.getLoopbackAddress(), getPort(), "/graphql", "url");
  }

  private static String next(String data) {
    return "{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":" + data + "}}";
  }

  @Override
  public void onMessage(WebSocket socket, String message) {
    received.add(message);
    String type = JsonParser.parseString(message).getAsJsonObject().get("type").getAsString();
    switch (type) {
      case "connection_init" -> socket.send("{\"type\":\"connection_ack\"}");
      case "subscribe" -> {
        subscribed.add(socket);
        if (!first.isEmpty()) {
          socket.send(first);
        }
      }
      case "ping" -> {
        if (answersPings) {
          socket.send("{\"type\":\"pong\"}");
        }
      }
      default -> {}
    }
  }

  @Override
  public void onOpen(WebSocket socket, ClientHandshake handshake) {
    authorizations.add(handshake.getFieldValue("Authorization"));
  }

  @Override
  public void onClose(WebSocket socket, int code, String reason, boolean remote) {
    subscribed.remove(socket);
  }

  @Override
  public void onError(WebSocket socket, Exception error) {}

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void close() {
    try {
      stop(1000);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
