// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.store.StoreUnavailableException;
import io.heal8s.resource.store.postgres.Wakeups.Topic;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Gives committed events their positions. One process at a time does so, under an advisory lock
 * that lasts as long as its transaction. What it sees is committed, and whatever commits later gets
 * a later position, however low its own number is: so a reader that goes on after a position misses
 * nothing, and nobody waits for a transaction that is held open.
 *
 * <p>Events are numbered when they are written and seen when they are committed, so those that are
 * still to come may be anywhere. Each round looks at the last moments only. A wider look, for a
 * transaction that took longer, is made every second or, where that takes long, less often; it
 * begins where no transaction is left that could still add anything.
 */
public final class EventPublisher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

  /** Any number will do that nothing else in the database uses. */
  private static final long LOCK = 0x6865616c38730001L;

  private static final Duration WINDOW = Duration.ofMillis(500);
  private static final Duration WIDE_LOOK = Duration.ofSeconds(1);
  private static final int WIDE_LOOK_SHARE = 20;
  private static final int PORTION = 10_000;
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(5);

  private static final String PUBLISH =
      """
      WITH fresh AS MATERIALIZED (
        SELECT e.seq FROM resource_events e
        WHERE e.seq > :floor
          AND NOT EXISTS (SELECT FROM event_positions p WHERE p.seq = e.seq)
        ORDER BY e.seq LIMIT :portion),
      numbered AS (SELECT seq, row_number() OVER (ORDER BY seq) AS n FROM fresh),
      head AS (
        UPDATE event_publication SET last_position = last_position + (SELECT count(*) FROM fresh)
        WHERE EXISTS (SELECT FROM fresh)
        RETURNING last_position - (SELECT count(*) FROM fresh) AS base)
      INSERT INTO event_positions (position, seq)
      SELECT head.base + n, seq FROM numbered, head
      """;

  private final Statements statements;
  private final Wakeups wakeups;
  private final Wakeups.Registration registration;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean running = true;

  private final AtomicBoolean written = new AtomicBoolean(true);
  private Horizon horizon = Horizon.UNKNOWN;
  private long floor;
  private long nextFloor;
  private long floorSetAt;
  private long wideLookAt;

  /** Starts to publish, if no other process does. */
  public EventPublisher(Database database, Wakeups wakeups) {
    this.statements = new Statements(database);
    this.wakeups = wakeups;
    this.registration = wakeups.on(Topic.OUTBOX, this::wake);
    this.thread = Thread.ofVirtual().name("event-publisher").start(this::run);
  }

  private void wake() {
    written.set(true);
    wake.release();
  }

  private void run() {
    while (running) {
      try {
        int published = publishOnce();
        if (published > 0) {
          wakeups.announce(Topic.EVENTS);
        }
        if (published < PORTION) {
          awaitWritten();
        }
      } catch (StoreUnavailableException e) {
        log.debug("tried again at the next round", e);
        pause(IDLE);
      } catch (RuntimeException e) {
        log.error("Events could not be published; tried again", e);
        pause(IDLE);
      }
    }
  }

  /** Rounds that follow each other closely would only make many small ones of one. */
  private void awaitWritten() {
    try {
      wake.tryAcquire(IDLE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      running = false;
    }
    pause(PAUSE);
    wake.drainPermits();
  }

  private void pause(Duration time) {
    try {
      ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  /** One round; returns how many got a position, 0 also when another process is at it. */
  int publishOnce() {
    long begin = System.nanoTime();
    boolean wide = begin >= wideLookAt && written.getAndSet(false);
    long from = wide ? horizon.complete() : floor;
    int published = statements.inTransaction(client -> publish(client, from));
    if (published == PORTION) {
      written.set(true);
      return published;
    }
    long end = System.nanoTime();
    if (wide) {
      wideLookAt = end + Math.max(WIDE_LOOK.toNanos(), (end - begin) * WIDE_LOOK_SHARE);
    }
    if (published > 0 && end - floorSetAt > WINDOW.toNanos()) {
      // The floor is where the log ended at least one window ago.
      floor = nextFloor;
      horizon = statements.run(horizon::advanced);
      nextFloor = horizon.lastSeen();
      floorSetAt = end;
    }
    return published;
  }

  private static int publish(JdbcClient client, long from) {
    boolean ours =
        client.sql("SELECT pg_try_advisory_xact_lock(?)").param(LOCK).query(Boolean.class).single();
    return ours ? client.sql(PUBLISH).param("floor", from).param("portion", PORTION).update() : 0;
  }

  /**
   * Up to where no event can turn up any more.
   *
   * @param complete every transaction that took a number up to this one has ended
   * @param candidate the next such number
   * @param afterTransaction once no transaction older than this one runs
   * @param lastSeen highest number at the last look
   */
  private record Horizon(long complete, long candidate, long afterTransaction, long lastSeen) {

    static final Horizon UNKNOWN = new Horizon(0, 0, Long.MAX_VALUE, 0);

    private static final String LOOK =
        """
        SELECT COALESCE((SELECT max(seq) FROM resource_events), 0) AS seen,
          pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest,
          pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next
        """;

    /** To be called at intervals that are long beside the time between a number and its row. */
    Horizon advanced(JdbcClient client) {
      return client
          .sql(LOOK)
          .query(
              (row, number) -> {
                long seen = row.getLong("seen");
                if (afterTransaction == Long.MAX_VALUE) {
                  return new Horizon(complete, lastSeen, row.getLong("next"), seen);
                }
                return row.getLong("oldest") >= afterTransaction
                    ? new Horizon(candidate, lastSeen, row.getLong("next"), seen)
                    : new Horizon(complete, candidate, afterTransaction, seen);
              })
          .single();
    }
  }

  @Override
  public void close() {
    running = false;
    registration.end();
    ended.countDown();
    wake.release();
    try {
      thread.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
