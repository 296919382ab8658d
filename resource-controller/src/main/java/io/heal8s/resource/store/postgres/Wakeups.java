// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells this process and all others that there is work, or that events were published. Only a hint:
 * who waits also looks by itself now and then, so a lost one delays and loses nothing.
 *
 * <p>Listeners of this process are called at once. Others are told by NOTIFY, the first time at
 * once and then at most once in 10 ms: each one takes a lock that all commits of the server share.
 */
public final class Wakeups implements AutoCloseable {

  /** What there is news of. */
  public enum Topic {
    /** Something is due. */
    WORK("heal8s_work"),
    /** Events were written that have no position yet. */
    OUTBOX("heal8s_outbox"),
    /** Events have got their positions. */
    EVENTS("heal8s_events");

    private final String channel;

    Topic(String channel) {
      this.channel = channel;
    }
  }

  /** Ends a registration. */
  @FunctionalInterface
  public interface Registration {
    void end();
  }

  private static final Logger log = LoggerFactory.getLogger(Wakeups.class);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int LISTEN_MILLIS = 200;
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(1);
  private static final Duration RECONNECT = Duration.ofMillis(500);

  private final Database database;
  private final Map<Topic, List<Runnable>> tasks = new EnumMap<>(Topic.class);
  private final Map<Topic, AtomicBoolean> pending = new EnumMap<>(Topic.class);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition somethingToTell = lock.newCondition();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean running = true;
  private final List<Thread> threads;

  /** Starts to listen and to tell. */
  public Wakeups(Database database) {
    this.database = database;
    for (Topic topic : Topic.values()) {
      tasks.put(topic, new CopyOnWriteArrayList<>());
      pending.put(topic, new AtomicBoolean());
    }
    this.threads =
        List.of(
            Thread.ofVirtual().name("wakeups-listen").start(this::listen),
            Thread.ofVirtual().name("wakeups-tell").start(this::tell));
  }

  /** Has a task run at news; it runs on a thread of whoever brings them and must only wake. */
  public Registration on(Topic topic, Runnable task) {
    List<Runnable> tasks = tasks(topic);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Brings news, after the commit that made them. */
  public void announce(Topic topic) {
    wakeLocally(topic);
    if (pending(topic).compareAndSet(false, true)) {
      lock.lock();
      try {
        somethingToTell.signal();
      } finally {
        lock.unlock();
      }
    }
  }

  private void wakeLocally(Topic topic) {
    tasks(topic).forEach(Runnable::run);
  }

  private void tell() {
    while (running) {
      awaitSomethingToTell();
      send();
      pause(PAUSE_NANOS);
    }
  }

  private void awaitSomethingToTell() {
    lock.lock();
    try {
      while (running && pending.values().stream().noneMatch(AtomicBoolean::get)) {
        somethingToTell.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** In one transaction, which need not reach the disk: who misses a hint looks by itself. */
  private void send() {
    String all =
        Arrays.stream(Topic.values())
            .filter(topic -> pending(topic).getAndSet(false))
            .map(topic -> ", pg_notify('" + topic.channel + "', '')")
            .collect(Collectors.joining());
    try (Connection connection = database.pool().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT set_config('synchronous_commit', 'off', true)" + all);
    } catch (SQLException e) {
      log.debug("others find out by themselves", e);
    }
  }

  private void listen() {
    while (running) {
      try (Connection connection = connect()) {
        try (Statement statement = connection.createStatement()) {
          for (Topic topic : Topic.values()) {
            statement.execute("LISTEN " + topic.channel);
          }
        }
        // What was told while nobody listened.
        tasks.keySet().forEach(this::wakeLocally);
        receive(connection.unwrap(PGConnection.class));
      } catch (SQLException e) {
        log.debug("listening is interrupted", e);
        pause(RECONNECT.toNanos());
      }
    }
  }

  private void receive(PGConnection connection) throws SQLException {
    while (running) {
      PGNotification[] news = connection.getNotifications(LISTEN_MILLIS);
      if (news == null) {
        continue;
      }
      for (Topic topic : Topic.values()) {
        for (PGNotification each : news) {
          if (each.getName().equals(topic.channel)) {
            wakeLocally(topic);
            break;
          }
        }
      }
    }
  }

  /** Not from the pool: it is kept for as long as the process lives. */
  private Connection connect() throws SQLException {
    ConnectionSettings settings = database.settings();
    Properties properties = new Properties();
    properties.setProperty("user", settings.user());
    properties.setProperty("password", settings.password().reveal());
    properties.setProperty("ApplicationName", "heal8s-resource-controller listen");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "10");
    return DriverManager.getConnection(settings.url(), properties);
  }

  private void pause(long nanos) {
    try {
      ended.await(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  private List<Runnable> tasks(Topic topic) {
    return Objects.requireNonNull(tasks.get(topic));
  }

  private AtomicBoolean pending(Topic topic) {
    return Objects.requireNonNull(pending.get(topic));
  }

  @Override
  public void close() {
    running = false;
    ended.countDown();
    lock.lock();
    try {
      somethingToTell.signal();
    } finally {
      lock.unlock();
    }
    // Not interrupted, which would break the connection under a statement.
    try {
      for (Thread thread : threads) {
        thread.join(LONGEST_CLOSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
