// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.resources;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Reads the events of a service, comes back after a number of them with the last id that it saw, as
 * a browser does, and notices what it did not get or got twice: ids rise by one. Written by one
 * thread, read by others.
 */
final class StreamReader implements Runnable {

  private static final int TIMEOUT_MILLIS = 30_000;
  private static final int BUFFER = 1 << 18;

  private final int port;
  private final long eventsPerConnection;
  private final int reconnects;

  private volatile long last;
  private volatile long received;
  private volatile long wrong;
  private volatile int connections;
  private volatile boolean stopped;

  /**
   * @param eventsPerConnection after which it comes back
   * @param reconnects how often it does; then it stays
   */
  StreamReader(int port, long eventsPerConnection, int reconnects) {
    this.port = port;
    this.eventsPerConnection = eventsPerConnection;
    this.reconnects = reconnects;
  }

  /** Highest id so far. */
  long last() {
    return last;
  }

  /** Events so far. */
  long received() {
    return received;
  }

  /** Ids that were left out, and events that came twice. */
  long wrong() {
    return wrong;
  }

  /** How often it came back. */
  int reconnects() {
    return connections - 1;
  }

  /** Ends it with the next event. */
  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try {
      while (!stopped) {
        connections++;
        follow(connections <= reconnects ? eventsPerConnection : Long.MAX_VALUE);
      }
    } catch (IOException e) {
      if (!stopped) {
        throw new IllegalStateException("the stream broke after event " + last, e);
      }
    }
  }

  private void follow(long atMost) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      // HTTP 1.0 has no chunks: what follows the header is the stream itself.
      String request =
          "GET /api/v1/events HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nLast-Event-ID: %d\r\n\r\n"
              .formatted(last);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1), BUFFER);
      String status = lines.readLine();
      if (status == null || !status.contains(" 200")) {
        throw new IOException("the stream was answered " + status);
      }
      read(lines, atMost);
    }
  }

  private void read(BufferedReader lines, long atMost) throws IOException {
    long count = 0;
    long id = 0;
    boolean isEvent = false;
    for (String line = lines.readLine(); line != null && !stopped; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        id = Long.parseLong(line.substring(4));
      } else if (line.startsWith("data: ")) {
        isEvent = true;
      } else if (line.isEmpty() && isEvent) {
        isEvent = false;
        see(id);
        if (++count == atMost) {
          return;
        }
      }
    }
  }

  private void see(long id) {
    received++;
    wrong += id > last ? id - last - 1 : 1;
    last = Math.max(last, id);
  }
}
