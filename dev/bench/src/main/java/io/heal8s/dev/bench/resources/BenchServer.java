// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.resources;

import io.heal8s.resource.store.postgres.ConnectionSettings;
import io.heal8s.resource.store.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A PostgreSQL on this machine with an empty database, which writes as durably as any. */
public final class BenchServer implements AutoCloseable {

  private static final int MIN_POOL = 5;
  private static final int MAX_POOL = 20;
  private static final Duration GONE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final Path folder;
  private final Path programs;
  private EmbeddedDatabase server;

  /** Starts it, with the program that is kept in the cache of this user. */
  public BenchServer() throws IOException {
    folder = Files.createTempDirectory("heal8s-bench-");
    programs = cache().resolve("heal8s").resolve("postgres");
    server = EmbeddedDatabase.start(data(), programs);
  }

  /** Stops it, which breaks every connection, and starts it again on the same port. */
  public void restart() {
    int port = connection().port();
    server.close();
    server = EmbeddedDatabase.start(data(), programs, port);
  }

  private static Path cache() {
    String set = System.getenv("XDG_CACHE_HOME");
    return set == null || set.isBlank()
        ? Path.of(Objects.requireNonNull(System.getProperty("user.home")), ".cache")
        : Path.of(set);
  }

  /** How it is reached. */
  public ConnectionSettings connection() {
    return server.connection(MIN_POOL, MAX_POOL);
  }

  /** A connection that belongs to no pool, for who looks at the tables; to be closed. */
  public Connection connect() throws SQLException {
    ConnectionSettings settings = connection();
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(settings.host(), settings.port(), settings.name()),
        settings.user(),
        "");
  }

  /** A user who may do everything, so that the connections of one process can be told apart. */
  public void addUser(String name) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE ROLE " + statement.enquoteIdentifier(name, true) + " LOGIN SUPERUSER");
    } catch (SQLException e) {
      throw new IllegalStateException("no user " + name, e);
    }
  }

  /**
   * Waits until nobody is connected as that user. A connection whose process was killed is there
   * until the database has done what came by it.
   */
  public void awaitNoConnectionOf(String user) throws SQLException {
    long deadline = System.nanoTime() + GONE.toNanos();
    try (Connection connection = connect();
        PreparedStatement count =
            connection.prepareStatement("SELECT 1 FROM pg_stat_activity WHERE usename = ?")) {
      count.setString(1, user);
      while (isAny(count)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(user + " is still connected after " + GONE);
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  private static boolean isAny(PreparedStatement query) throws SQLException {
    try (ResultSet rows = query.executeQuery()) {
      return rows.next();
    }
  }

  /** A folder for whatever belongs to it; gone with it. */
  public Path folder() {
    return folder;
  }

  private Path data() {
    return folder.resolve("postgres");
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
