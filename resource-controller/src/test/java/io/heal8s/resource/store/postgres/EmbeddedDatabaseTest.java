// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.testing.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    long server =
        Long.parseLong(
            Files.readAllLines(folder.resolve("db/data/postmaster.pid")).getFirst().strip());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> ProcessHandle.of(server).filter(ProcessHandle::isAlive).isEmpty());
    try (EmbeddedDatabase again =
        EmbeddedDatabase.start(folder.resolve("db"), SharedPostgres.programs())) {
      assertThat(again.connection(1, 1).port()).isPositive();
    }
  }

  /** Starts a server and waits to be killed, or for the end of the test. */
  public static void main(String[] args) throws IOException {
    Path data = Path.of(args[0]);
    try (EmbeddedDatabase database = EmbeddedDatabase.start(data, SharedPostgres.programs())) {
      Files.writeString(
          data.resolveSibling("started"), Integer.toString(database.connection(1, 1).port()));
      while (System.in.read() >= 0) {
        // Nothing is said.
      }
    }
  }
}
