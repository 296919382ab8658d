// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of this process, to a database whose tables are of our version. */
public final class Database implements AutoCloseable {

  /** The version at which a database of the original is. */
  private static final String ORIGINAL = "1";

  /** Any number will do that nothing else in the database uses. */
  private static final long MIGRATION = 0x6865616c38730002L;

  /** {@code insufficient_privilege}. */
  private static final String NO_RIGHT = "42501";

  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration TRY_AGAIN = Duration.ofMillis(500);
  private static final Duration SAY_AGAIN = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  /**
   * Statements touch few rows, by key, so each join looks up one row after the other. What the
   * server believes about a queue that was empty a minute ago, or is full of rows that nobody can
   * remove yet, would make it read all of it each time. Compiling such a statement takes longer
   * than running it.
   */
  private static final String PLANNING =
      "SET enable_seqscan = off; SET enable_mergejoin = off; SET enable_hashjoin = off; SET jit = off";

  private final HikariDataSource pool;
  private final ConnectionSettings settings;

  private Database(HikariDataSource pool, ConnectionSettings settings) {
    this.pool = pool;
    this.settings = settings;
  }

  /**
   * Connects and brings the tables to our version; safe when many processes do so at once.
   *
   * @throws IllegalStateException with one line that says what to change
   */
  public static Database open(ConnectionSettings settings) {
    return open(settings, Duration.ZERO);
  }

  /**
   * As {@link #open(ConnectionSettings)}, but waits for a server that is not there yet: both may be
   * started at once, or restarted, in any order. What waiting cannot mend, as a wrong password, is
   * said at once.
   *
   * @param patience how long to try again, at least; zero tries once
   * @throws IllegalStateException with one line that says what to change, or as the thread was
   *     interrupted
   */
  public static Database open(ConnectionSettings settings, Duration patience) {
    long begin = System.nanoTime();
    Duration sayAt = Duration.ZERO;
    while (true) {
      try {
        return openNow(settings);
      } catch (IllegalStateException e) {
        Duration waited = Duration.ofNanos(System.nanoTime() - begin);
        if (!isAway(e) || waited.compareTo(patience) >= 0) {
          throw e;
        }
        if (waited.compareTo(sayAt) >= 0) {
          log.warn("waiting up to {} s: {}", patience.minus(waited).toSeconds(), e.getMessage());
          sayAt = waited.plus(SAY_AGAIN);
        }
        pause(e);
      }
    }
  }

  // Nothing else of the service is there before its database is, so there is no scheduler to use.
  private static void pause(IllegalStateException why) {
    try {
      TimeUnit.NANOSECONDS.sleep(TRY_AGAIN.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw why;
    }
  }

  /** By the classes of PostgreSQL's appendix "Error Codes". */
  private static boolean isAway(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql && sql.getSQLState() instanceof String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
      }
    }
    return false;
  }

  private static Database openNow(ConnectionSettings settings) {
    HikariDataSource pool = pool(settings);
    try (Connection connection = pool.getConnection()) {
      if (!SchemaHistory.isComplete(connection)) {
        migrate(pool, connection);
      }
    } catch (FlywayException | SQLException e) {
      pool.close();
      throw new IllegalStateException(
          "the tables of database %s cannot be brought to this version: %s"
              .formatted(settings.name(), reason(e, settings)),
          e);
    }
    return new Database(pool, settings);
  }

  /** What the server said, if it did: Flyway tells the whole script around it. */
  private static String reason(Exception failure, ConnectionSettings settings) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof SQLException sql && sql.getMessage() != null) {
        String said = sql.getMessage().lines().findFirst().orElse("");
        return NO_RIGHT.equals(sql.getSQLState())
            ? "%s; %s (DB_USER) must be allowed to read, write and create tables there"
                .formatted(said, settings.user())
            : said;
      }
    }
    return String.valueOf(failure.getMessage());
  }

  /**
   * Beside Flyway's own lock: a process that finds the table of another one's first migration just
   * made would take the database for one of the original.
   */
  private static void migrate(HikariDataSource pool, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + MIGRATION + ")");
      try {
        migrate(pool);
      } finally {
        statement.execute("SELECT pg_advisory_unlock(" + MIGRATION + ")");
      }
    }
  }

  private static void migrate(HikariDataSource pool) {
    Flyway.configure()
        .dataSource(pool)
        .baselineOnMigrate(true)
        .baselineVersion(ORIGINAL)
        .connectRetries(0)
        .load()
        .migrate();
  }

  private static HikariDataSource pool(ConnectionSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("database");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password().reveal());
    config.setMinimumIdle(settings.minPool());
    config.setMaximumPoolSize(settings.maxPool());
    config.setConnectionTimeout(CONNECT.toMillis());
    config.setConnectionInitSql(PLANNING);
    config.addDataSourceProperty("ApplicationName", "heal8s-resource-controller");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    // Statements are few and always the same; planning them again each time costs more than they
    // do.
    config.addDataSourceProperty("prepareThreshold", "3");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "10");
    config.addDataSourceProperty("socketTimeout", "60");
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      String reason = e.getMessage();
      for (Throwable each = e; each != null; each = each.getCause()) {
        reason = each.getMessage() == null ? reason : each.getMessage();
      }
      throw new IllegalStateException(
          "cannot connect to the database %s as %s (DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD): %s"
              .formatted(settings.url(), settings.user(), reason),
          e);
    }
  }

  /** The pool. */
  public HikariDataSource pool() {
    return pool;
  }

  /** How it is reached, for connections that must not come from the pool. */
  public ConnectionSettings settings() {
    return settings;
  }

  @Override
  public void close() {
    pool.close();
  }
}
