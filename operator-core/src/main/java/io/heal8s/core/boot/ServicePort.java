// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import java.util.Set;

/**
 * A port beside {@code server.port} and what is served there. Paths of another port answer 404
 * here, so that a management page is never on a port that the outside reaches.
 *
 * @param name for messages, e.g. {@code heal8s.management.port}
 * @param port 0 for any free one, -1 for none, or the same as {@code server.port}
 * @param paths what is served there: each path and everything below it
 */
public record ServicePort(String name, int port, Set<String> paths) {

  public ServicePort {
    if (port < -1 || port > 65535) {
      throw new IllegalArgumentException(name + " must be from -1 to 65535, was " + port);
    }
    paths = Set.copyOf(paths);
  }

  boolean serves(String path) {
    return paths.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
  }
}
