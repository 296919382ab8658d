// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.plugin.discovery.PluginCatalog;
import io.heal8s.resource.reconcile.WorkStore.ClaimRequest;
import io.heal8s.resource.reconcile.WorkStore.Claimed;
import io.heal8s.resource.reconcile.decision.Work;
import io.heal8s.resource.store.StoreUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reconcile loop of one process: claims what is due and has it carried out. Any number of equal
 * processes do so beside each other.
 */
public final class ReconcileEngine implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ReconcileEngine.class);

  /** Wakes at once, then at most this often. */
  private static final Duration BETWEEN_CLAIMS = Duration.ofMillis(10);

  /** Looks by itself at least this often: a wake-up may be lost. */
  private static final Duration LONGEST_REST = Duration.ofSeconds(5);

  private static final Duration LAST_STATEMENT = Duration.ofSeconds(1);
  private static final Duration RETENTION = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(6);

  private final WorkStore store;
  private final EngineSettings settings;
  private final Slots slots;
  private final Membership membership;
  private final HeldClaims held;
  private final Recorder recorder;
  private final RunExecutor executor;
  private final Flow flow;
  private final Rest rest = new Rest();

  /** Of what goes on until everything is given back. */
  private final Rest ending = new Rest();

  private final List<Thread> threads;
  private volatile boolean left;

  /**
   * Starts to reconcile.
   *
   * @param ids names for processes, each only once
   * @param random for jitter
   */
  public ReconcileEngine(
      WorkStore store,
      PluginCatalog plugins,
      EngineSettings settings,
      MeterRegistry meters,
      InstantSource time,
      Supplier<UUID> ids,
      RandomGenerator random) {
    this.store = store;
    this.settings = settings;
    this.slots = new Slots(settings);
    this.membership = new Membership(store, settings.lease(), ids);
    this.held = new HeldClaims(store, settings.lease());
    this.recorder = new Recorder(store, membership::isAlive);
    this.flow = new Flow(settings.maxConcurrent(), System.nanoTime());
    this.executor =
        new RunExecutor(
            plugins,
            settings,
            slots,
            recorder,
            new ReconcileMetrics(meters, new RecentDepth(store, time)),
            membership::isAlive,
            rest::wakeIn,
            time,
            random);
    this.threads =
        List.of(
            Thread.ofVirtual()
                .name("reconcile-claim")
                .uncaughtExceptionHandler(ReconcileEngine::died)
                .start(this::claimLoop),
            // The scheduler of the system keeps it going where virtual threads have work without
            // end: a process that does not tell that it lives loses its claims.
            Thread.ofPlatform()
                .daemon()
                .name("reconcile-heartbeat")
                .uncaughtExceptionHandler(ReconcileEngine::died)
                .start(this::heartbeatLoop),
            Thread.ofVirtual()
                .name("reconcile-retention")
                .uncaughtExceptionHandler(ReconcileEngine::died)
                .start(this::retentionLoop));
  }

  private static void died(Thread thread, Throwable why) {
    log.error("{} has died: this process does its work no more", thread.getName(), why);
  }

  /** Whether it does all of its work; once it does not, only another process will. */
  public boolean isWorking() {
    return !rest.goesOn() || threads.stream().allMatch(Thread::isAlive) && recorder.isAlive();
  }

  /** Says that there may be work; cheap, from any thread. */
  public void wake() {
    rest.wake();
  }

  /** Name of this process among the others. */
  public UUID instance() {
    return membership.id();
  }

  private void claimLoop() {
    while (rest.goesOn()) {
      try {
        rest.beginLook();
        long begin = System.nanoTime();
        rest.sleep(membership.isAlive() ? claimOnce() : BETWEEN_CLAIMS);
        rest.pause(BETWEEN_CLAIMS.minusNanos(System.nanoTime() - begin));
      } catch (StoreUnavailableException e) {
        held.doubt();
        log.debug("the database is away; tried again", e);
        rest.pause(AFTER_FAILURE);
      } catch (RuntimeException e) {
        held.doubt();
        log.error("A look at the queue failed; tried again", e);
        rest.pause(AFTER_FAILURE);
      }
    }
  }

  /** Returns how long to rest unless woken. */
  private Duration claimOnce() {
    int room = flow.room(System.nanoTime());
    if (room <= 0) {
      return BETWEEN_CLAIMS;
    }
    Claimed claimed =
        store.claim(
            new ClaimRequest(
                membership.id(), room, slots.saturatedPlugins(), slots.saturatedTypes()));
    flow.claimed(claimed.work().size());
    claimed.work().forEach(held::claimed);
    claimed.work().forEach(work -> Thread.ofVirtual().name("run").start(() -> run(work)));
    if (claimed.work().size() == room) {
      return BETWEEN_CLAIMS;
    }
    Duration longest =
        settings.interval().compareTo(LONGEST_REST) < 0 ? settings.interval() : LONGEST_REST;
    Duration next = claimed.untilNext();
    return next == null || next.compareTo(longest) > 0 ? longest : next;
  }

  private void run(Work work) {
    boolean givenBack = false;
    try {
      givenBack = executor.run(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.atError().addKeyValue("resource", work).setCause(e).log("A run ended in a bug");
    } finally {
      held.ended(work, givenBack);
      flow.ended();
      if (slots.isLimitedByName()) {
        // What was left out because its plugin or type had no slot.
        wake();
      }
    }
  }

  /** Goes on while the process ends, so that its claims stay its own until it gives them back. */
  private void heartbeatLoop() {
    while (!left) {
      boolean wasAlive = membership.isAlive();
      try {
        membership.beat();
        held.compare(membership.id());
      } catch (RuntimeException e) {
        log.error("A heartbeat failed; tried again", e);
      }
      if (!wasAlive) {
        wake();
      }
      if (rest.goesOn()) {
        rest.pause(membership.interval());
      } else {
        ending.pause(membership.interval());
      }
    }
  }

  private void retentionLoop() {
    while (rest.goesOn()) {
      rest.pause(RETENTION);
      try {
        while (rest.goesOn() && pruneOnce() > 0) {
          rest.pause(BETWEEN_CLAIMS);
        }
      } catch (RuntimeException e) {
        log.warn("What is too old stays until the next try", e);
      }
    }
  }

  private int pruneOnce() {
    return store.prune(settings.historyAge(), settings.historyPerResource(), settings.eventAge());
  }

  /** Claims nothing more, lets calls that are under way end, gives the rest back. Under 10 s. */
  @Override
  public synchronized void close() {
    if (left) {
      return;
    }
    rest.end();
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (flow.inFlight() > 0 && System.nanoTime() < deadline) {
      ending.pause(BETWEEN_CLAIMS);
    }
    recorder.close();
    left = true;
    ending.end();
    joinThreads();
    membership.leave();
  }

  private void joinThreads() {
    try {
      for (Thread thread : threads) {
        thread.join(LAST_STATEMENT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
