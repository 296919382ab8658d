// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import io.heal8s.resource.store.postgres.ConnectionSettings;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL for the run. */
public final class SharedPostgres implements AutoCloseable {

  private final Path folder;
  private final EmbeddedDatabase server;
  private final AtomicInteger databases = new AtomicInteger();
  private final ReentrantLock migrating = new ReentrantLock();
  private @Nullable String migrated;

  public SharedPostgres() {
    try {
      folder = Files.createTempDirectory("heal8s-postgres-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server = EmbeddedDatabase.startForgetful(folder, programs());
  }

  /** The program is unpacked once for a machine, not for every run. */
  public static Path programs() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("heal8s").resolve("postgres");
  }

  /** An empty database. */
  public ConnectionSettings empty(int minPool, int maxPool) {
    return copy("template1", minPool, maxPool);
  }

  /** A database with the tables of this version: a copy of one that was migrated once. */
  public ConnectionSettings migrated(int minPool, int maxPool) {
    migrating.lock();
    try {
      if (migrated == null) {
        ConnectionSettings made = empty(1, 4);
        Database.open(made).close();
        migrated = made.name();
      }
      return copy(migrated, minPool, maxPool);
    } finally {
      migrating.unlock();
    }
  }

  private ConnectionSettings copy(String template, int minPool, int maxPool) {
    ConnectionSettings admin = server.connection(1, 4);
    String name = "test_" + databases.incrementAndGet();
    run("CREATE DATABASE " + name + " TEMPLATE " + template);
    return new ConnectionSettings(
        admin.host(), admin.port(), name, admin.user(), admin.password(), minPool, maxPool);
  }

  private void run(String sql) {
    ConnectionSettings admin = server.connection(1, 4);
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(admin.host(), admin.port(), admin.name()),
                admin.user(),
                "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(Objects.requireNonNull(each));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
