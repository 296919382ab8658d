// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.chaos;

import io.heal8s.dev.bench.resources.BenchServer;
import io.heal8s.dev.bench.resources.BenchService;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Carries out a plan. */
public final class Chaos implements AutoCloseable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final ChaosPlan plan;
  private final Consumer<String> told;
  private final BenchServer server;
  private final Workflows workflows;
  private final Fleet fleet;
  private final Inventory inventory;
  private int kills;
  private long inFlight;
  private Duration slowestEnd = Duration.ZERO;

  /**
   * Starts everything.
   *
   * @param told what happens, a sentence each
   */
  public Chaos(ChaosPlan plan, Consumer<String> told) throws IOException, InterruptedException {
    this.plan = plan;
    this.told = told;
    server = new BenchServer();
    workflows = new Workflows(server.folder().resolve("github"));
    List<String> settings = new ArrayList<>(workflows.settings());
    settings.add("ON_UNKNOWN=" + plan.onUnknown());
    // Few of many processes and a test's machine; the usual pool is made for a server.
    settings.add("DB_MIN_POOL_SIZE=2");
    settings.add("DB_MAX_POOL_SIZE=10");
    fleet = new Fleet(server, plan.instances(), settings, RandomGenerator.of("Random"));
    inventory = new Inventory(fleet, server);
  }

  @FunctionalInterface
  private interface Havoc {
    void wreak() throws Exception;
  }

  /** Kills one after the other and restarts the database. */
  public ChaosResult kill() throws Exception {
    return run(this::killing);
  }

  /** Asks each to end, in turn, and starts it again once the others are ready. */
  public ChaosResult rollingRestart() throws Exception {
    return run(
        () -> {
          for (int i = 0; i < plan.instances(); i++) {
            Duration ended = fleet.restart(i);
            told.accept("instance %d ended in %d ms".formatted(i, ended.toMillis()));
            slowestEnd = ended.compareTo(slowestEnd) > 0 ? ended : slowestEnd;
          }
        });
  }

  /** How long the slowest took to end when it was asked to. */
  public Duration slowestEnd() {
    return slowestEnd;
  }

  private ChaosResult run(Havoc havoc) throws Exception {
    inventory.makeType();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> creating =
          threads.submit(() -> inventory.createEvenly(plan.resources(), plan.duration()));
      havoc.wreak();
      creating.get();
    }
    told.accept("%d killed; waiting until nothing changes".formatted(kills));
    Inventory.Count count = settled();
    Map<String, Long> dispatches = workflows.dispatches();
    long twice = dispatches.values().stream().filter(times -> times > 1).count();
    inventory.reconcileHeld();
    Inventory.Count after = settled();
    return new ChaosResult(
        plan.instances(),
        plan.onUnknown(),
        kills,
        count.ready(),
        count.held(),
        plan.resources() - count.ready() - count.held(),
        twice,
        plan.resources() - dispatches.size(),
        inFlight,
        after.ready());
  }

  private void killing() throws IOException, InterruptedException, SQLException {
    long begin = System.nanoTime();
    boolean restarted = false;
    for (int round = 1; ; round++) {
      Duration at = plan.killEvery().multipliedBy(round);
      if (at.compareTo(plan.duration()) > 0) {
        return;
      }
      pauseUntil(begin + at.toNanos());
      killOne();
      if (!restarted && at.multipliedBy(2).compareTo(plan.duration()) >= 0) {
        pauseUntil(begin + at.plus(plan.killEvery().dividedBy(2)).toNanos());
        told.accept("restarting the database");
        server.restart();
        restarted = true;
      }
    }
  }

  /** What it was about to do is counted once the database has done what the dead one had sent. */
  private void killOne() throws SQLException {
    fleet.revive().forEach(words -> told.accept("one had ended by itself:\n" + words));
    Optional<BenchService> victim = fleet.victim();
    if (victim.isEmpty()) {
      told.accept("nobody is killed: no other is ready");
      return;
    }
    long pid = victim.get().process().process().pid();
    victim.get().process().kill();
    server.awaitNoConnectionOf(victim.get().user());
    long underWay = inventory.dispatching(pid);
    inFlight += underWay;
    told.accept("killed process %d amid %d dispatches".formatted(pid, underWay));
    victim.get().process().restart();
    kills++;
  }

  private Inventory.Count settled() throws SQLException {
    long deadline = System.nanoTime() + plan.quiet().toNanos();
    Inventory.Count count = inventory.count();
    while (count.ready() + count.held() < plan.resources() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      count = inventory.count();
    }
    inventory.stuck().forEach(told);
    return count;
  }

  private static void pauseUntil(long nanoTime) {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  @Override
  public void close() throws IOException {
    fleet.close();
    try {
      workflows.close();
    } finally {
      server.close();
    }
  }
}
