// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.testing.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that comes with the service does not outlive it. */
class EmbeddedDatabaseTest {

  @TempDir Path folder;

  @Test
  void theServerOfAProcessThatIsKilledEndsAndItsDataStays() throws Exception {
    Process starter =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedDatabaseTest.class.getName(),
                folder.resolve("db").toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Files.exists(folder.resolve("started")) || !starter.isAlive());
      assertThat(starter.isAlive()).isTrue();
    } finally {
      starter.destroyForcibly();
    }
    long server = Long.parseLong(Files.readString(folder.resolve("started")));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.of(server).filter(ProcessHandle::isAlive).isEmpty());
    try (EmbeddedDatabase again =
            EmbeddedDatabase.start(folder.resolve("db"), SharedPostgres.programs());
        Connection connection = connect(again);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT it FROM kept")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(42);
    }
  }

  private static Connection connect(EmbeddedDatabase database) throws SQLException {
    ConnectionSettings at = database.connection(1, 1);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(at.host(), at.port(), at.name()), at.user(), "");
  }

  /** Starts a server, stores something and waits to be killed, or for the end of the test. */
  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[0]);
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data, SharedPostgres.programs())) {
      try (Connection connection = connect(database);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept AS SELECT 42 AS it");
      }
      Path started = data.resolveSibling("starting");
      Files.writeString(
          started, Files.readAllLines(data.resolve("data/postmaster.pid")).getFirst().strip());
      Files.move(started, data.resolveSibling("started"), StandardCopyOption.ATOMIC_MOVE);
      while (System.in.read() >= 0) {
        // Nothing is said.
      }
    }
  }
}
