// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.Decider;
import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.IntentExecutor;
import io.heal8s.core.decide.Snapshot;
import io.heal8s.core.metric.QueueMetrics;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one controller: observe → decide → execute the intents in order → announce → come back as
 * {@link RequeueTable} says. The first intent that does not end as Done stops the rest of its run;
 * announcements are made only when every intent was Done.
 *
 * <p>What can be relied on:
 *
 * <ul>
 *   <li>a key never runs twice at once, and an event during its run makes it run once more after;
 *   <li>whatever a run does, it returns its key and its place: a run that throws counts as Retry
 *       and touches no other key;
 *   <li>the count of failures is reset only by a run that is not Retry;
 *   <li>keys may be added before {@link #start}: they wait, which keeps a standby warm.
 * </ul>
 *
 * <p>Threads: no thread belongs to the loop. Whoever makes a key ready or frees a place starts runs
 * on the executor while there are both; the places are a semaphore.
 *
 * @param <K> key of a run, with equals, hashCode and a toString for the log
 * @param <S> what a decision sees
 * @param <I> what a decision wants
 */
public final class ControllerLoop<K, S extends Snapshot, I extends Intent> {

  private static final Logger log = LoggerFactory.getLogger(ControllerLoop.class);
  private static final Duration TICK = Duration.ofSeconds(1);

  private sealed interface Item<K> {
    record Keyed<K>(K key) implements Item<K> {}

    record Beat<K>() implements Item<K> {}
  }

  private final LoopSettings settings;
  private final LoopEnvironment environment;
  private final QueueMetrics queueMetrics;
  private final WorkQueue<Item<K>> queue;
  private final KeyRuns<K, S, I> runs;
  private final Heartbeat heartbeat;
  private final Semaphore places;
  private final AtomicBoolean running = new AtomicBoolean();

  /** Wires a loop that does nothing until {@link #start}. */
  public ControllerLoop(
      LoopSettings settings,
      LoopEnvironment environment,
      Observer<K, S> observer,
      Decider<S, I> decider,
      IntentExecutor<I> executor,
      Announcer<S> announcer) {
    this.settings = settings;
    this.environment = environment;
    this.queueMetrics = new QueueMetrics(environment.meters(), settings.name());
    this.queue =
        new WorkQueue<>(environment.scheduler(), settings.ageing(), queueMetrics, this::pump);
    this.queueMetrics.observe(queue);
    this.runs =
        new KeyRuns<>(
            settings, environment, new Reconciler<>(observer, decider, executor, announcer));
    this.heartbeat = new Heartbeat(settings.beatWithin(), environment.scheduler());
    this.places = new Semaphore(settings.workers());
    environment.loops().register(this);
  }

  /** Name of the controller. */
  public String name() {
    return settings.name();
  }

  /** Something about this key changed: it runs soon. */
  public void add(K key) {
    queue.add(new Item.Keyed<>(key), Priority.NORMAL);
  }

  /** This key runs when nothing urgent waits: first lists, resyncs. */
  public void addInBackground(K key) {
    queue.add(new Item.Keyed<>(key), Priority.BACKGROUND);
  }

  /** This key runs after a delay, or earlier if something else asks for it. */
  public void addAfter(K key, Duration delay) {
    queue.addAfter(new Item.Keyed<>(key), delay, Priority.NORMAL);
  }

  /** Begins to run keys; without effect if it runs already. A stopped loop stays stopped. */
  public void start() {
    if (running.compareAndSet(false, true)) {
      log.atInfo().addKeyValue("controller", settings.name()).log("Loop started");
      tick();
      pump();
    }
  }

  /**
   * Takes no more keys and waits for the runs that are under way; those that outlive the grace are
   * interrupted and waited for once more for a second.
   *
   * @return whether every run ended
   */
  public boolean stop(Duration grace) throws InterruptedException {
    running.set(false);
    queue.close();
    boolean ended = places.tryAcquire(settings.workers(), grace.toNanos(), TimeUnit.NANOSECONDS);
    if (!ended) {
      runs.interruptAll();
      ended = places.tryAcquire(settings.workers(), 1, TimeUnit.SECONDS);
    }
    log.atInfo()
        .addKeyValue("controller", settings.name())
        .addKeyValue("allRunsEnded", ended)
        .log("Loop stopped");
    return ended;
  }

  /** Whether keys are run; false on a standby. */
  public boolean isRunning() {
    return running.get();
  }

  /** Whether the synthetic key passed through the queue in time; true while the loop stands by. */
  public boolean isAlive() {
    return !running.get() || heartbeat.alive();
  }

  /** How long the synthetic key has been under way; zero if the last one came back. */
  public Duration beatPending() {
    return heartbeat.pending();
  }

  /** Number of keys that could run now but do not yet. */
  public int depth() {
    return queue.depth();
  }

  private void tick() {
    if (!running.get()) {
      return;
    }
    runs.check();
    if (heartbeat.send()) {
      queue.add(new Item.Beat<>(), Priority.NORMAL);
    }
    environment.scheduler().after(TICK, this::tick);
  }

  private void pump() {
    while (running.get() && places.tryAcquire()) {
      Item<K> item = queue.poll().orElse(null);
      if (item == null) {
        places.release();
        if (queue.depth() == 0) {
          return;
        }
        // A key became ready while this thread held the last place: its own pump found none.
        continue;
      }
      dispatch(item);
    }
  }

  private void dispatch(Item<K> item) {
    try {
      environment.executor().execute(() -> work(item));
    } catch (RuntimeException | Error rejected) {
      // The executor is closed or out of threads: the key waits, the place is free again.
      log.atError()
          .addKeyValue("controller", settings.name())
          .setCause(rejected)
          .log("No thread for a run");
      queue.addAfter(item, Backoff.BASE, Priority.NORMAL);
      queue.done(item);
      places.release();
    }
  }

  private void work(Item<K> item) {
    try {
      switch (item) {
        case Item.Beat<K> _ -> heartbeat.arrived();
        case Item.Keyed<K>(K key) -> requeue(item, runs.run(key));
      }
    } catch (Throwable failure) {
      // Only the loop's own bookkeeping can end here (out of memory, say): the key is not lost.
      queue.addAfter(item, Backoff.CAP, Priority.NORMAL);
      throw failure;
    } finally {
      queue.done(item);
      places.release();
      pump();
    }
  }

  private void requeue(Item<K> item, RequeueTable.Row row) {
    if (row.failures() == RequeueTable.Failures.COUNT) {
      queueMetrics.retried();
    }
    if (row.after() != null) {
      queue.addAfter(item, row.after(), row.priority());
    }
  }
}
