// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.boot.Heal8sApplication;
import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.store.postgres.ConnectionSettings;
import io.heal8s.resource.testing.Passage;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.SharedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of a service whose database is away or not as it should be. */
@ExtendWith(PostgresExtension.class)
class StartTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int NOBODY = 0;

  @TempDir Path folder;

  /** The process as a container starts it; all that it says is in {@code log}. */
  private Process process(ConnectionSettings database, int management) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ResourceControllerApplication.class.getName()));
    Map.of(
            "DB_HOST", database.host(),
            "DB_PORT", Integer.toString(database.port()),
            "DB_NAME", database.name(),
            "DB_USER", database.user(),
            "DB_PASSWORD", "unused",
            "DATA_DIR", folder.resolve("data").toString(),
            "AUTH", "none",
            "server.port", "0",
            "server.address", "127.0.0.1",
            "heal8s.management.port", Integer.toString(management))
        .forEach((name, value) -> line.add("--" + name + "=" + value));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private List<String> said(String word) throws IOException {
    return Files.readAllLines(folder.resolve("log")).stream()
        .filter(line -> line.contains(word))
        .toList();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Its status; 0 when nobody answers. */
  private static int status(HttpClient http, int port, String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return NOBODY;
    }
  }

  @Test
  void itIsNotReadyWithoutItsDatabaseAndComesBackByItself(SharedPostgres postgres)
      throws Exception {
    ConnectionSettings real = postgres.empty(2, 10);
    int port = freePort();
    try (Passage passage = new Passage(real.port());
        HttpClient http = HttpClient.newHttpClient()) {
      passage.shut();
      Process service = process(passage.to(real), port);
      try {
        await().atMost(PATIENCE).until(() -> !said("waiting up to").isEmpty());
        assertThat(said("waiting up to").getFirst())
            .contains("cannot connect to the database", "DB_HOST");
        assertThat(status(http, port, "/readyz")).as("not ready").isEqualTo(NOBODY);

        passage.reopen();
        await().atMost(PATIENCE).until(() -> status(http, port, "/readyz") == 200);

        passage.shut();
        await().atMost(PATIENCE).until(() -> status(http, port, "/readyz") == 503);
        assertThat(status(http, port, "/healthz")).as("a restart mends nothing").isEqualTo(200);

        passage.reopen();
        await().atMost(PATIENCE).until(() -> status(http, port, "/readyz") == 200);
        assertThat(said("cannot start")).isEmpty();
      } finally {
        service.destroyForcibly();
      }
    }
  }

  @Test
  void whatWaitingCannotMendEndsTheStartAtOnceWithOneLine(SharedPostgres postgres)
      throws Exception {
    ConnectionSettings real = postgres.empty(2, 10);
    try (Connection owner = owner(real);
        Statement statement = owner.createStatement()) {
      statement.execute("DROP ROLE IF EXISTS guest");
      statement.execute("CREATE ROLE guest LOGIN");
      statement.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    }
    Process service = process(as(real, "guest"), 0);
    try {
      assertThat(service.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(service.exitValue()).isEqualTo(1);
      assertThat(said("cannot start"))
          .singleElement()
          .asString()
          .contains(
              "the tables of database " + real.name(), "permission denied", "guest (DB_USER)");
      assertThat(said("\tat ")).isEmpty();
    } finally {
      service.destroyForcibly();
    }
  }

  @Test
  void whoeverIsNotKnownThereIsNamedWithTheSettings(SharedPostgres postgres) {
    ConnectionSettings stranger = as(postgres.empty(2, 10), "nobody");
    assertThat(line(stranger))
        .startsWith("cannot connect to the database jdbc:postgresql://")
        .contains(
            "as nobody (DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD)", "nobody\" does not")
        .doesNotContain("\n");
  }

  @Test
  void aDatabaseOfSomebodyElseIsNamed(SharedPostgres postgres) throws SQLException {
    ConnectionSettings real = postgres.empty(2, 10);
    try (Connection owner = owner(real);
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE TABLE invoices (id int)");
    }
    assertThat(line(real))
        .startsWith("the tables of database " + real.name())
        .contains("set DB_NAME to an empty database")
        .doesNotContain("\n");
  }

  private static Connection owner(ConnectionSettings database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(database.host(), database.port(), database.name()),
        database.user(),
        "");
  }

  /** What is said of a start that fails. */
  private static String line(ConnectionSettings database) {
    Throwable failure = catchThrowable(() -> RunningService.start(database, "AUTH=none").close());
    assertThat(failure).isNotNull();
    return Heal8sApplication.lineAbout(failure);
  }

  private static ConnectionSettings as(ConnectionSettings database, String user) {
    return new ConnectionSettings(
        database.host(), database.port(), database.name(), user, Secret.of(""), 2, 10);
  }
}
