// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.store.StoreUnavailableException;
import io.heal8s.resource.store.postgres.Wakeups.Topic;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
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
 * <p>Each round looks from the {@link OutboxHorizon} on, as long as that is near. Where a
 * transaction that writes events is left open it would be further and further back; then rounds
 * look at the last moments only, and a look from the horizon is made every second or, where that
 * takes long, less often.
 */
public final class EventPublisher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);

  /** Any number will do that nothing else in the database uses. */
  private static final long LOCK = 0x6865616c38730001L;

  private static final Duration WINDOW = Duration.ofMillis(500);
  private static final Duration WIDE_LOOK = Duration.ofSeconds(1);
  private static final int WIDE_LOOK_SHARE = 4;

  /** In a look from afar nothing is found that nobody told of, but a process may die before. */
  private static final Duration LOOK_UNASKED = Duration.ofSeconds(30);

  private static final int PORTION = 10_000;
  private static final Duration REMEMBER_EVERY = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(5);

  /** Where rounds take long they are made less often, up to this: others need the processor. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(50);

  private static final int PAUSE_SHARE = 4;

  /**
   * Positions are taken from the newest, which is never deleted: no row changes again and again.
   */
  private static final String PUBLISH =
      """
      WITH start AS MATERIALIZED (
        SELECT GREATEST(:floor, complete) AS seq FROM event_publication),
      fresh AS MATERIALIZED (
        SELECT e.seq FROM resource_events e
        WHERE e.seq > (SELECT seq FROM start)
          AND NOT EXISTS (SELECT FROM event_positions p
            WHERE p.seq = e.seq AND p.seq > (SELECT seq FROM start))
        ORDER BY e.seq LIMIT :portion),
      base AS MATERIALIZED (
        SELECT GREATEST((SELECT max(position) FROM event_positions), last_position) AS position
        FROM event_publication),
      made AS (
        INSERT INTO event_positions (position, seq)
        SELECT base.position + row_number() OVER (ORDER BY seq), seq FROM fresh, base
        RETURNING seq)
      SELECT count(*) AS count, COALESCE(max(seq), 0) AS last FROM made
      """;

  private static final String GLANCE =
      """
      SELECT COALESCE((SELECT max(seq) FROM resource_events), 0) AS seen,
        ARRAY(SELECT virtualtransaction FROM pg_locks
          WHERE locktype = 'relation' AND relation = 'resource_events'::regclass
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND mode = 'RowExclusiveLock' AND granted) AS writers
      """;

  private static final String REMEMBER =
      "UPDATE event_publication SET complete = :complete WHERE complete < :complete";

  private final Statements statements;
  private final Wakeups wakeups;
  private final Wakeups.Registration registration;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean running = true;

  private final AtomicBoolean written = new AtomicBoolean(true);
  private final AtomicBoolean unseenFromAfar = new AtomicBoolean(true);
  private OutboxHorizon horizon = OutboxHorizon.UNKNOWN;
  private Sweep sweep = Sweep.NONE;
  private long floor;
  private long nextFloor;
  private long floorSetAt;
  private long wideLookAt;
  private long rememberedAt;
  private long tookNanos;

  /**
   * A look that takes more than one round.
   *
   * @param isWide whether it began at the horizon
   * @param from where its next round begins
   */
  private record Sweep(boolean isWide, long from) {
    static final Sweep NONE = new Sweep(false, -1);
  }

  /**
   * What a round did.
   *
   * @param count events that got a position
   * @param last highest number of these
   * @param sweep look that it was part of
   * @param horizon as it was before that look
   */
  private record Round(int count, long last, Sweep sweep, OutboxHorizon horizon) {}

  /** Starts to publish, if no other process does. */
  public EventPublisher(Database database, Wakeups wakeups) {
    this.statements = new Statements(database);
    this.wakeups = wakeups;
    this.registration = wakeups.on(Topic.OUTBOX, this::wake);
    this.thread = Thread.ofVirtual().name("event-publisher").start(this::run);
  }

  private void wake() {
    written.set(true);
    unseenFromAfar.set(true);
    wake.release();
  }

  private void run() {
    while (running) {
      try {
        long begin = System.nanoTime();
        int published = publishOnce();
        tookNanos = System.nanoTime() - begin;
        if (published > 0) {
          wakeups.announce(Topic.EVENTS);
        }
        if (published < PORTION) {
          awaitWritten();
        }
      } catch (StoreUnavailableException e) {
        log.debug("tried again at the next round", e);
        again();
      } catch (RuntimeException e) {
        log.error("Events could not be published; tried again", e);
        again();
      }
    }
  }

  private void again() {
    written.set(true);
    unseenFromAfar.set(true);
    pause(IDLE);
  }

  /** Rounds that follow each other closely would only make many small ones of one. */
  private void awaitWritten() {
    try {
      wake.tryAcquire(IDLE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      running = false;
    }
    pause(
        Duration.ofNanos(
            Math.clamp(tookNanos * PAUSE_SHARE, PAUSE.toNanos(), LONGEST_PAUSE.toNanos())));
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
    Optional<Round> round =
        statements.inTransaction(
            client -> isOurs(client) ? Optional.of(publish(client, begin)) : Optional.empty());
    sweep = Sweep.NONE;
    round.ifPresent(each -> ended(each, begin));
    return round.map(Round::count).orElse(0);
  }

  private static boolean isOurs(JdbcClient client) {
    return client
        .sql("SELECT pg_try_advisory_xact_lock(?)")
        .param(LOCK)
        .query(Boolean.class)
        .single();
  }

  private Round publish(JdbcClient client, long now) {
    boolean isNew = sweep.equals(Sweep.NONE);
    OutboxHorizon before = isNew ? lookAround(client) : horizon;
    Sweep look = isNew ? begin(before, now) : sweep;
    return client
        .sql(PUBLISH)
        .param("floor", look.from())
        .param("portion", PORTION)
        .query((row, number) -> new Round(row.getInt("count"), row.getLong("last"), look, before))
        .single();
  }

  /** Far behind, a second glance settles what the first saw: the look to come takes long. */
  private OutboxHorizon lookAround(JdbcClient client) {
    if (!written.getAndSet(false) && !horizon.isBehind()) {
      return horizon;
    }
    OutboxHorizon once = horizon.after(glance(client));
    return once.isNear() ? once : once.after(glance(client));
  }

  private Sweep begin(OutboxHorizon seen, long now) {
    boolean isCheap = seen.isNear() || floor <= seen.complete();
    boolean isWide = isCheap || isWideLookDue(now);
    return new Sweep(isWide, isWide ? seen.complete() : floor);
  }

  private boolean isWideLookDue(long now) {
    long late = now - wideLookAt;
    return late >= 0 && (unseenFromAfar.getAndSet(false) || late >= LOOK_UNASKED.toNanos());
  }

  private void ended(Round round, long begin) {
    horizon = round.horizon();
    if (round.count() == PORTION) {
      sweep = new Sweep(round.sweep().isWide(), round.last());
      return;
    }
    long end = System.nanoTime();
    if (round.sweep().isWide()) {
      horizon = horizon.published();
      wideLookAt = end + Math.max(WIDE_LOOK.toNanos(), (end - begin) * WIDE_LOOK_SHARE);
    }
    if (round.count() > 0 && end - floorSetAt > WINDOW.toNanos()) {
      // The floor is where the log ended at least one window ago.
      floor = nextFloor;
      nextFloor = horizon.seen();
      floorSetAt = end;
    }
    if (round.count() > 0 && end - rememberedAt > REMEMBER_EVERY.toNanos()) {
      long complete = horizon.complete();
      statements.run(client -> client.sql(REMEMBER).param("complete", complete).update());
      rememberedAt = end;
    }
  }

  private static OutboxHorizon.Glance glance(JdbcClient client) {
    return client
        .sql(GLANCE)
        .query(
            (row, number) ->
                new OutboxHorizon.Glance(
                    row.getLong("seen"), Set.of((String[]) row.getArray("writers").getArray())))
        .single();
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
