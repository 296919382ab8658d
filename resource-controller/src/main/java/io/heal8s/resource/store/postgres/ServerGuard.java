// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Stops the database server when this process dies and cannot do it itself: a shell that reads a
 * pipe of ours sees the end of it.
 */
final class ServerGuard implements AutoCloseable {

  /** {@code $1} the server; the signal is PostgreSQL's fast shutdown, and Ctrl-C is not for us. */
  private static final String SCRIPT = "trap '' INT; read -r _; kill -INT \"$1\" 2>/dev/null";

  private final Process shell;

  private ServerGuard(Process shell) {
    this.shell = shell;
  }

  /**
   * Watches over the server of a data directory.
   *
   * @throws IOException when there is none, or no shell
   */
  static ServerGuard over(Path data) throws IOException {
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
    return new ServerGuard(
        new ProcessBuilder("sh", "-c", SCRIPT, "sh", pid)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Lets go, once the server has ended. */
  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
