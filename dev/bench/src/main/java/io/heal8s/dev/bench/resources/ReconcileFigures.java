// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.resources;

import io.heal8s.resource.model.NewResource;
import io.heal8s.resource.reconcile.EngineSettings;
import io.heal8s.resource.reconcile.ReconcileEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;

/** The reconcile loop alone: how much it does, and how soon it begins. */
public final class ReconcileFigures {

  /** What a process that runs for days has behind it. */
  public static final Duration WARM_UP = Duration.ofSeconds(10);

  private static final int BATCH = 1_000;

  private final BenchStore store;

  /**
   * @param store an empty one
   */
  public ReconcileFigures(BenchStore store) {
    this.store = store;
  }

  /**
   * Reconciles that are in the history, per second of the time, from a queue that is full from
   * beginning to end. Somebody holds a transaction open all the while, with a snapshot and a number
   * of its own. The loop has run for {@link #WARM_UP} when the time begins.
   *
   * @param backlog resources that wait at the beginning
   * @param everySecond told the pace of each second
   */
  public double perSecond(int backlog, Duration time, DoubleConsumer everySecond)
      throws SQLException {
    fill(backlog);
    try (Connection bystander = bystander()) {
      ReconcileEngine engine = store.engine(EngineSettings.defaults(), new StopwatchPlugin(false));
      pause(WARM_UP);
      long before = store.count("SELECT count(*) FROM reconciliation_history");
      long begin = System.nanoTime();
      long seconds = 0;
      long last = before;
      while (System.nanoTime() - begin < time.toNanos()) {
        pause(Duration.ofSeconds(1));
        // The sequence is the cheapest count; the last word has the table.
        long now = store.count("SELECT last_value FROM reconciliation_history_id_seq");
        everySecond.accept(now - last);
        last = now;
        seconds++;
      }
      long after = store.count("SELECT count(*) FROM reconciliation_history");
      double elapsed = (System.nanoTime() - begin) / 1e9;
      long left = store.count("SELECT count(*) FROM reconcile_work WHERE due_at <= now()");
      engine.close();
      bystander.rollback();
      if (left == 0) {
        throw new IllegalStateException(
            "the backlog of " + backlog + " was gone before " + seconds + " s: make it larger");
      }
      return (after - before) / elapsed;
    }
  }

  private void fill(int backlog) {
    List<NewResource> batch = new ArrayList<>(BATCH);
    for (int i = 0; i < backlog; i++) {
      batch.add(BenchStore.resource("backlog-" + i));
      if (batch.size() == BATCH || i == backlog - 1) {
        store.resources().createAll(batch);
        batch.clear();
      }
    }
  }

  private Connection bystander() throws SQLException {
    Connection connection = store.connect();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE bystander (id int)");
      statement.execute("SELECT count(*) FROM resource_types");
    }
    return connection;
  }

  /**
   * Time from the moment at which a create is asked for to the call of the plugin, 99th percentile
   * in milliseconds, while so many are created every second at even intervals.
   */
  public double addToStartP99Ms(int perSecond, Duration time) throws InterruptedException {
    StopwatchPlugin plugin = new StopwatchPlugin(true);
    Map<String, Long> addedAt = new ConcurrentHashMap<>();
    ReconcileEngine engine = store.engine(EngineSettings.defaults(), plugin);
    int count = (int) (perSecond * time.toSeconds());
    long begin = System.nanoTime() + Duration.ofMillis(500).toNanos();
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < count; i++) {
        String name = "paced-" + i;
        long at = begin + i * 1_000_000_000L / perSecond;
        pause(Duration.ofNanos(at - System.nanoTime()));
        senders.execute(
            () -> {
              addedAt.put(name, at);
              store.resources().create(BenchStore.resource(name));
            });
      }
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (plugin.startedAt().size() < count && System.nanoTime() < deadline) {
      pause(Duration.ofMillis(50));
    }
    engine.close();
    if (plugin.startedAt().size() < count) {
      throw new IllegalStateException(
          "only " + plugin.startedAt().size() + " of " + count + " were started");
    }
    long[] waits =
        addedAt.entrySet().stream()
            .mapToLong(each -> startedAt(plugin, each.getKey()) - each.getValue())
            .toArray();
    Arrays.sort(waits);
    return waits[(int) (waits.length * 0.99)] / 1e6;
  }

  private static long startedAt(StopwatchPlugin plugin, String name) {
    return Objects.requireNonNull(plugin.startedAt().get(name), name);
  }

  private static void pause(Duration time) {
    try {
      if (time.isPositive()) {
        new Semaphore(0).tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
