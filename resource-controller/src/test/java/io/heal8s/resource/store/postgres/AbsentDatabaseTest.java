// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database that is away when the service starts. */
@ExtendWith(PostgresExtension.class)
class AbsentDatabaseTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Test
  void isWaitedForUntilItAnswers(SharedPostgres postgres) throws Exception {
    ConnectionSettings real = postgres.empty(1, 4);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Future<Database> opening =
          threads.submit(() -> Database.open(at(door.getLocalPort(), real), PATIENCE));
      for (int refused = 0; refused < 3; refused++) {
        door.accept().close();
      }
      threads.submit(() -> passOn(door, real.port()));

      try (Database database = opening.get()) {
        assertThat(database.pool().isRunning()).isTrue();
      }
    }
  }

  @Test
  void isNamedAtOnceWithoutPatience(SharedPostgres postgres) throws IOException {
    ConnectionSettings real = postgres.empty(1, 4);
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }

    assertThatIllegalStateException()
        .isThrownBy(() -> Database.open(at(nobody, real)))
        .withMessageContaining("cannot connect to the database")
        .withMessageContaining("DB_HOST");
  }

  @Test
  void isNotWaitedForWhereWaitingCannotHelp(SharedPostgres postgres) {
    ConnectionSettings real = postgres.empty(1, 4);
    ConnectionSettings stranger =
        new ConnectionSettings(
            real.host(), real.port(), real.name(), "nobody", Secret.of(""), 1, 4);

    assertThatIllegalStateException()
        .isThrownBy(() -> Database.open(stranger, Duration.ofDays(1)))
        .withMessageContaining("nobody");
  }

  private static ConnectionSettings at(int port, ConnectionSettings real) {
    return new ConnectionSettings(
        real.host(), port, real.name(), real.user(), real.password(), 1, 4);
  }

  /** Until the door is closed. */
  private static Void passOn(ServerSocket door, int port) throws IOException {
    while (true) {
      Socket client = door.accept();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
      Thread.ofVirtual().start(() -> copy(client, server));
      Thread.ofVirtual().start(() -> copy(server, client));
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException closed) {
      // The other direction ended first.
    }
  }
}
