// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import io.heal8s.resource.store.postgres.ConnectionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A way to a server on this machine. While it is blocked nothing comes through and nobody is told,
 * as on a network that loses everything; while it is shut every connection is refused or broken.
 */
public final class Passage implements AutoCloseable {

  private final int behind;
  private final ServerSocket door;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch free = new CountDownLatch(0);
  private volatile boolean isShut;

  /** Opens it. */
  public Passage(int port) throws IOException {
    behind = port;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::letIn);
  }

  /** The same database through here. */
  public ConnectionSettings to(ConnectionSettings database) {
    return new ConnectionSettings(
        database.host(),
        door.getLocalPort(),
        database.name(),
        database.user(),
        database.password(),
        database.minPool(),
        database.maxPool());
  }

  /** From now on what is sent waits here. */
  public void block() {
    free = new CountDownLatch(1);
  }

  /** Lets go what waits. */
  public void unblock() {
    free.countDown();
  }

  /** Breaks every connection and takes no other. */
  public void shut() {
    isShut = true;
    sockets.forEach(Passage::close);
  }

  /** Takes connections again. */
  public void reopen() {
    isShut = false;
  }

  private void letIn() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (isShut) {
          client.close();
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
        sockets.addAll(List.of(client, server));
        Thread.ofVirtual().start(() -> pass(client, server));
        Thread.ofVirtual().start(() -> pass(server, client));
      } catch (IOException e) {
        // The door is closed, or the server does not listen.
      }
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        free.await();
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // The other direction ended first.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    unblock();
    sockets.forEach(Passage::close);
  }
}
