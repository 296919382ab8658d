// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import io.heal8s.graphql.endpoint.Destination;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A real server on this machine that answers each request as a test says, well or badly. */
public final class PlayedServer implements AutoCloseable {

  /** One answer, on the connection that it came by. */
  @FunctionalInterface
  public interface Answering {
    void answer(OutputStream out) throws IOException;
  }

  /** A head of which only the number is left, if it has one. */
  private static final String LENGTH = "(?is).*content-length: *([0-9]+).*|.+";

  private final ServerSocket listening;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread accepting;
  private volatile Answering answering = out -> {};

  /** Listens on a free port. */
  public PlayedServer() {
    this(ServerSocketFactory.getDefault());
  }

  /** The same with sockets of a kind, such as encrypted ones. */
  public PlayedServer(ServerSocketFactory sockets) {
    try {
      listening = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    accepting = Thread.ofVirtual().start(this::accept);
  }

  /** From now on answers like that. */
  public PlayedServer playing(Answering next) {
    answering = next;
    return this;
  }

  /** A good answer. */
  public static Answering json(String body) {
    return http(200, "application/json", body);
  }

  /** Any answer. */
  public static Answering http(int status, String type, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    byte[] whole =
        ("HTTP/1.1 %d X\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                    .formatted(status, type, length)
                + body)
            .getBytes(StandardCharsets.UTF_8);
    return out -> out.write(whole);
  }

  /** Where it is. */
  public Destination destination() {
    return new Destination(
        false,
        "127.0.0.1",
        InetAddress.getLoopbackAddress(),
        listening.getLocalPort(),
        "/graphql",
        "url");
  }

  /** How many were made. */
  public int connections() {
    return connections.get();
  }

  /** Requests, head and body. */
  public List<String> received() {
    return received;
  }

  /** Ends every connection, as a server does that has waited long enough. */
  public void hangUp() {
    open.forEach(PlayedServer::close);
    open.clear();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        int length = Integer.parseInt("0" + head.replaceAll(LENGTH, "$1"));
        received.add(head + new String(in.readNBytes(length), StandardCharsets.UTF_8));
        answering.answer(socket.getOutputStream());
      }
    } catch (IOException gone) {
      // The client has seen enough.
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  @Override
  public void close() {
    try {
      listening.close();
      // The port is free only when the thread that waits on it has let go.
      accepting.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    hangUp();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
