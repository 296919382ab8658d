// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server on loopback that says exactly what a test wants, HTTP or not. */
final class HostileServer implements AutoCloseable {
  /** Speaks to one request. */
  @FunctionalInterface
  interface Script {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Script script;

  HostileServer(Script script) throws IOException {
    this(ServerSocketFactory.getDefault(), script);
  }

  HostileServer(ServerSocketFactory factory, Script script) throws IOException {
    this.script = script;
    this.socket = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  static Script text(String answer) {
    return out -> out.write(bytes(answer));
  }

  static byte[] bytes(String text) {
    return text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Heads of the requests that came, as they came. */
  List<String> heads() {
    return heads;
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        connections.incrementAndGet();
        open.add(client);
        threads.execute(() -> serve(client));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      for (String head = readHead(client.getInputStream());
          !head.isEmpty();
          head = readHead(client.getInputStream())) {
        heads.add(head);
        script.answer(client.getOutputStream());
        client.getOutputStream().flush();
      }
    } catch (IOException | InterruptedException _) {
      // The client hung up on us, which is what most tests are about.
    }
  }

  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        return "";
      }
      head.append((char) c);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket client : open) {
      client.close();
    }
    threads.shutdownNow();
  }
}
