// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.reconcile.WorkStore.Dispatch;
import io.heal8s.resource.reconcile.decision.Completion;
import io.heal8s.resource.reconcile.decision.RunState;
import io.heal8s.resource.reconcile.decision.Work;
import io.heal8s.resource.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what the runs of this process end with or are about to dispatch. Whatever arrives
 * while a transaction commits, or shortly after, goes into the next one together: a hundred ends
 * cost hardly more than a few. A dispatch does not wait, for it holds a slot. A database that is
 * away is asked again for as long as the claims may still be ours.
 */
final class Recorder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Recorder.class);
  private static final int BATCH = 512;
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
  private static final Duration TRY_AGAIN = Duration.ofMillis(200);
  private static final Duration LONGEST_GATHERING = Duration.ofMillis(20);
  private static final int GATHERING_SHARE = 4;

  private final WorkStore store;
  private final BooleanSupplier claimsMayBeOurs;
  private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
  private final Rest rest = new Rest();
  private final Semaphore urgent = new Semaphore(0);
  private final Thread thread;

  Recorder(WorkStore store, BooleanSupplier claimsMayBeOurs) {
    this.store = store;
    this.claimsMayBeOurs = claimsMayBeOurs;
    this.thread = Thread.ofVirtual().name("recorder").start(this::run);
  }

  /** Whether it still writes. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Ends a claim. */
  CompletableFuture<Recorded> complete(Completion completion) {
    return add(new Entry.Ended(completion, new CompletableFuture<>()));
  }

  /** Records a dispatch, which may happen once that is written. */
  CompletableFuture<Recorded> writeAhead(Work work, RunState state) {
    CompletableFuture<Recorded> result =
        add(new Entry.Ahead(new Dispatch(work, state), new CompletableFuture<>()));
    urgent.release();
    return result;
  }

  /** Gives a claim back untouched. */
  CompletableFuture<Recorded> release(Work work) {
    return add(new Entry.Returned(work, new CompletableFuture<>()));
  }

  private CompletableFuture<Recorded> add(Entry entry) {
    queue.add(entry);
    rest.wake();
    return entry.result();
  }

  private void run() {
    List<Entry> batch = new ArrayList<>(BATCH);
    while (rest.goesOn() || !queue.isEmpty()) {
      rest.beginLook();
      urgent.drainPermits();
      for (Entry next; batch.size() < BATCH && (next = queue.poll()) != null; ) {
        batch.add(next);
      }
      if (batch.isEmpty()) {
        rest.sleep(IDLE);
      } else {
        long begin = System.nanoTime();
        write(batch);
        if (batch.size() < BATCH) {
          gather(System.nanoTime() - begin);
        }
        batch.clear();
      }
    }
  }

  /** Longer where writing takes long; not at all once this process ends. */
  private void gather(long tookNanos) {
    try {
      if (rest.goesOn()) {
        urgent.tryAcquire(
            Math.min(tookNanos * GATHERING_SHARE, LONGEST_GATHERING.toNanos()),
            TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(List<Entry> batch) {
    List<Entry.Ahead> ahead = new ArrayList<>();
    List<Entry.Ended> ended = new ArrayList<>();
    List<Entry.Returned> returned = new ArrayList<>();
    for (Entry each : batch) {
      switch (each) {
        case Entry.Ahead entry -> ahead.add(entry);
        case Entry.Ended entry -> ended.add(entry);
        case Entry.Returned entry -> returned.add(entry);
      }
    }
    // Somebody holds a slot while these are written.
    write(ahead, all -> store.writeAhead(all.stream().map(Entry.Ahead::dispatch).toList()));
    write(ended, all -> store.record(all.stream().map(Entry.Ended::completion).toList()));
    write(
        returned,
        all -> {
          store.release(all.stream().map(Entry.Returned::work).toList());
          return Set.of();
        });
  }

  private <E extends Entry> void write(List<E> entries, Write<E> write) {
    if (entries.isEmpty()) {
      return;
    }
    Map<Long, Recorded> unwritten = attempt(entries, write);
    for (E each : entries) {
      each.result().complete(unwritten.getOrDefault(each.work().resourceId(), Recorded.WRITTEN));
    }
  }

  /** Returns what became of those that were not written. */
  private <E extends Entry> Map<Long, Recorded> attempt(List<E> entries, Write<E> write) {
    while (true) {
      try {
        return all(write.of(entries), Recorded.LOST);
      } catch (StoreUnavailableException e) {
        if (!claimsMayBeOurs.getAsBoolean() || !rest.goesOn()) {
          return all(ids(entries), Recorded.LOST);
        }
        log.debug("the database is away; tried again", e);
        rest.pause(TRY_AGAIN);
      } catch (RuntimeException e) {
        return oneByOne(entries, write, e);
      }
    }
  }

  /** One entry that the database refuses must not take the others with it. */
  private <E extends Entry> Map<Long, Recorded> oneByOne(
      List<E> entries, Write<E> write, RuntimeException why) {
    if (entries.size() == 1) {
      log.atError()
          .addKeyValue("resource", entries.getFirst().work())
          .setCause(why)
          .log("The database refuses what came of a run");
      return all(ids(entries), Recorded.REFUSED);
    }
    Map<Long, Recorded> unwritten = new HashMap<>();
    for (E each : entries) {
      unwritten.putAll(attempt(List.of(each), write));
    }
    return unwritten;
  }

  private static Set<Long> ids(List<? extends Entry> entries) {
    return entries.stream().map(each -> each.work().resourceId()).collect(Collectors.toSet());
  }

  private static Map<Long, Recorded> all(Set<Long> ids, Recorded recorded) {
    return ids.stream().collect(Collectors.toMap(id -> id, _ -> recorded));
  }

  /** Writes what is there, then stops. */
  @Override
  public void close() {
    rest.end();
    urgent.release();
    try {
      thread.join(LONGEST_CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @FunctionalInterface
  private interface Write<E extends Entry> {
    Set<Long> of(List<E> entries);
  }

  private sealed interface Entry {
    CompletableFuture<Recorded> result();

    Work work();

    record Ended(Completion completion, CompletableFuture<Recorded> result) implements Entry {
      @Override
      public Work work() {
        return completion.work();
      }
    }

    record Ahead(Dispatch dispatch, CompletableFuture<Recorded> result) implements Entry {
      @Override
      public Work work() {
        return dispatch.work();
      }
    }

    record Returned(Work work, CompletableFuture<Recorded> result) implements Entry {}
  }
}
