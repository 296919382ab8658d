// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.resources;

import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.JdbcResourceStore;
import io.heal8s.resource.store.postgres.Wakeups;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A long log of events replayed to one listener that loses its connection again and again. */
public final class StreamFigures {

  private static final int RECONNECTS = 20;
  private static final int WRITES_PER_SECOND = 1_000;

  /** Each waits for the disk for most of its time. */
  private static final int WRITERS = 64;

  /** After these the code of both sides is compiled, as in programs that have run for a while. */
  private static final int WARM_UP = 10_000;

  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** Counting a million rows takes a core for a while, which is what is measured. */
  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(2);

  /** Documents as large as those of real events. */
  private static final String STORE =
      """
      INSERT INTO resource_events (type, resource_id, resource_name, type_name, type_version, data)
      SELECT 'MODIFIED', sample.resource_id, sample.resource_name, sample.type_name,
        sample.type_version, sample.data
      FROM (SELECT * FROM resource_events ORDER BY length(data) DESC LIMIT 1) AS sample,
        generate_series(1, %d)
      """;

  /** Positions are counted from 1 without a gap. */
  private static final String NEWEST = "SELECT max(position) FROM event_positions";

  private final BenchServer server;

  /**
   * @param server with an empty database
   */
  public StreamFigures(BenchServer server) {
    this.server = server;
  }

  /**
   * What was measured.
   *
   * @param events received
   * @param seconds until everything stored and written meanwhile was received
   * @param gaps events that were not received, or twice
   * @param writesPerSecond resources created meanwhile by another process, by the store's library
   *     and not over REST
   * @param liveEventsPerSecond events that were published meanwhile: of each create, and of its
   *     reconcile
   */
  public record Figures(
      long events, double seconds, long gaps, double writesPerSecond, double liveEventsPerSecond) {}

  /**
   * Measures.
   *
   * @param stored events that are there at the beginning
   */
  public Figures measure(int stored) throws Exception {
    try (BenchService service =
        BenchService.start(server, "stream", List.of(BenchService.instantPlugin(server)))) {
      service.awaitReady();
      RestFigures.type(service.port());
      try (KeptConnection connection = new KeptConnection(service.port())) {
        RestFigures.create(connection, "sample");
      }
      try (Connection database = server.connect()) {
        await(() -> number(database, "SELECT count(*) FROM resource_events") >= 2);
        try (Statement statement = database.createStatement()) {
          statement.execute(STORE.formatted(stored));
        }
        await(() -> isPublished(database));
        return replay(service, database, stored);
      }
    }
  }

  private Figures replay(BenchService service, Connection database, int stored) throws Exception {
    StreamReader reader = new StreamReader(service.port(), stored / RECONNECTS, RECONNECTS);
    AtomicBoolean caughtUp = new AtomicBoolean();
    AtomicLong written = new AtomicLong();
    try (Database pool = Database.open(server.connection());
        Wakeups wakeups = new Wakeups(pool);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      JdbcResourceStore resources = new JdbcResourceStore(pool, wakeups, Clock.systemUTC());
      Future<?> writing =
          threads.submit(
              () ->
                  Workers.paced(
                      WRITERS,
                      WRITES_PER_SECOND,
                      () -> !caughtUp.get(),
                      number -> {
                        resources.create(BenchStore.resource("live-" + number));
                        written.incrementAndGet();
                      }));
      try {
        await(() -> failed(writing) || written.get() >= WARM_UP);
        Mark begin = Mark.now(written, database);
        Future<?> reading = threads.submit(reader);
        await(() -> failed(reading) || failed(writing) || reader.last() >= begin.events());
        Mark end = Mark.now(written, database);
        caughtUp.set(true);
        writing.get();
        await(
            BETWEEN_COUNTS,
            () -> failed(reading) || (hasAll(reader, database) && isPublished(database)));
        double seconds = begin.secondsTo(Mark.now(written, database));
        long all = number(database, "SELECT count(*) FROM resource_events");
        require(reader.reconnects() == RECONNECTS, "came back " + reader.reconnects() + " times");
        return new Figures(
            reader.received(),
            seconds,
            reader.wrong() + Math.abs(all - reader.received()),
            (end.written() - begin.written()) / begin.secondsTo(end),
            (end.events() - begin.events()) / begin.secondsTo(end));
      } finally {
        caughtUp.set(true);
        reader.stop();
      }
    }
  }

  /**
   * How far it was.
   *
   * @param nanos of the clock that only rises
   * @param written creates that were answered
   * @param events that were published
   */
  private record Mark(long nanos, long written, long events) {

    static Mark now(AtomicLong written, Connection database) throws SQLException {
      return new Mark(System.nanoTime(), written.get(), number(database, NEWEST));
    }

    double secondsTo(Mark later) {
      return (later.nanos - nanos) / 1e9;
    }
  }

  private static boolean failed(Future<?> task) throws InterruptedException {
    if (task.state() == Future.State.FAILED) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    return false;
  }

  private static boolean isPublished(Connection database) throws SQLException {
    return number(
            database,
            """
            SELECT (SELECT max(seq) FROM resource_events) - (SELECT max(seq) FROM event_positions)
              + (SELECT count(*) FROM reconcile_work WHERE due_at <= now())
            """)
        == 0;
  }

  /** Nothing is too old yet to be kept. */
  private static boolean hasAll(StreamReader reader, Connection database) throws SQLException {
    long newest = number(database, NEWEST);
    return reader.last() >= newest
        && number(database, "SELECT count(*) FROM resource_events") == newest;
  }

  private static long number(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    await(BETWEEN_LOOKS, condition);
  }

  private static void await(Duration between, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      require(
          System.nanoTime() < deadline, "it takes longer than " + PATIENCE.toMinutes() + " min");
      LockSupport.parkNanos(between.toNanos());
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalStateException(message);
    }
  }
}
