// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/**
 * Free loopback ports for servers that cannot take port 0.
 *
 * <p>They lie below the range from which Linux and macOS take the ports of outgoing connections.
 * From inside that range, a client that keeps dialling a stopped server can be given the server's
 * own port, connect to itself, and so keep the server from coming back.
 */
public final class Ports {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final int TRIES = 200;

  private final RandomGenerator random;

  /** Two of them agree on a port as often as their chances do. */
  public Ports(RandomGenerator random) {
    this.random = random;
  }

  /** A port that was free a moment ago; another program may still take it first. */
  public int next() throws IOException {
    for (int i = 0; i < TRIES; i++) {
      int port = random.nextInt(LOWEST, HIGHEST);
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (IOException taken) {
        // Try the next one.
      }
    }
    throw new IOException("no free port between " + LOWEST + " and " + HIGHEST);
  }
}
