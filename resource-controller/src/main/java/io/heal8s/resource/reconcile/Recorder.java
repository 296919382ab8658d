// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import io.heal8s.resource.reconcile.WorkStore.Dispatch;
import io.heal8s.resource.reconcile.decision.Completion;
import io.heal8s.resource.reconcile.decision.RunState;
import io.heal8s.resource.reconcile.decision.Work;
import io.heal8s.resource.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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

  /** Ends a claim; true once that is durable, false when the claim had been lost. */
  CompletableFuture<Boolean> complete(Completion completion) {
    return add(new Entry.Ended(completion, new CompletableFuture<>()));
  }

  /** Records a dispatch; true once it is durable and may happen, false when the claim was lost. */
  CompletableFuture<Boolean> writeAhead(Work work, RunState state) {
    CompletableFuture<Boolean> result =
        add(new Entry.Ahead(new Dispatch(work, state), new CompletableFuture<>()));
    urgent.release();
    return result;
  }

  /** Gives a claim back untouched. */
  CompletableFuture<Boolean> release(Work work) {
    return add(new Entry.Returned(work, new CompletableFuture<>()));
  }

  private CompletableFuture<Boolean> add(Entry entry) {
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
    Set<Long> lost = attempt(entries, write);
    for (E each : entries) {
      each.result().complete(!lost.contains(each.work().resourceId()));
    }
  }

  private <E extends Entry> Set<Long> attempt(List<E> entries, Write<E> write) {
    while (true) {
      try {
        return write.of(entries);
      } catch (StoreUnavailableException e) {
        if (!claimsMayBeOurs.getAsBoolean() || !rest.goesOn()) {
          return everything(entries);
        }
        log.debug("the database is away; tried again", e);
        rest.pause(TRY_AGAIN);
      } catch (RuntimeException e) {
        return oneByOne(entries, write, e);
      }
    }
  }

  /** One entry that the database refuses must not take the others with it. */
  private <E extends Entry> Set<Long> oneByOne(
      List<E> entries, Write<E> write, RuntimeException why) {
    if (entries.size() == 1) {
      log.atError()
          .addKeyValue("resource", entries.getFirst().work())
          .setCause(why)
          .log("A run could not be recorded; its claim is given up");
      return everything(entries);
    }
    Set<Long> lost = new HashSet<>();
    for (E each : entries) {
      lost.addAll(attempt(List.of(each), write));
    }
    return lost;
  }

  private static <E extends Entry> Set<Long> everything(List<E> entries) {
    Set<Long> ids = new HashSet<>();
    entries.forEach(each -> ids.add(each.work().resourceId()));
    return ids;
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
    CompletableFuture<Boolean> result();

    Work work();

    record Ended(Completion completion, CompletableFuture<Boolean> result) implements Entry {
      @Override
      public Work work() {
        return completion.work();
      }
    }

    record Ahead(Dispatch dispatch, CompletableFuture<Boolean> result) implements Entry {
      @Override
      public Work work() {
        return dispatch.work();
      }
    }

    record Returned(Work work, CompletableFuture<Boolean> result) implements Entry {}
  }
}
