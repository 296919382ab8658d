// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * Does together what many ask for at the same time. Who asks alone waits for nobody; who asks while
 * others are being served is served with everybody else who came meanwhile. One that fails does not
 * take the others with it: then each is tried by itself.
 *
 * <p>The work is done on threads of its own, so that whoever has an answer leaves with it, and
 * nobody serves others for longer than it has to wait.
 *
 * @param <I> what is asked
 * @param <O> what comes of it
 */
final class Gathering<I, O> {

  /**
   * How much at once, and how long.
   *
   * @param most questions in a batch
   * @param size of a batch, as the questions are measured; a larger question goes alone
   * @param lanes batches at work beside each other at most
   * @param heldUp after which whoever waits has another batch begun beside those at work; until
   *     then one at a time, so that batches are large
   * @param patience how long somebody waits for an answer after that
   */
  record Limits(int most, long size, int lanes, Duration heldUp, Duration patience) {}

  private record Entry<I, O>(I input, long size, CompletableFuture<O> output) {}

  private final Limits limits;
  private final ToLongFunction<I> size;
  private final Function<List<I>, List<O>> work;
  private final Semaphore lanes;
  private final Queue<Entry<I, O>> waiting = new ConcurrentLinkedQueue<>();

  /** Guards the taking out of {@link #waiting}: a batch is looked at before it is taken. */
  private final ReentrantLock taking = new ReentrantLock();

  /**
   * @param size of a question
   * @param work gives one answer for each question, in their order; is asked again after it threw,
   *     so nothing of it may have happened then, unless the database was away
   */
  Gathering(Limits limits, ToLongFunction<I> size, Function<List<I>, List<O>> work) {
    this.limits = limits;
    this.size = size;
    this.work = work;
    this.lanes = new Semaphore(limits.lanes());
  }

  /**
   * Asks, and returns when it is done; throws what the work threw.
   *
   * @throws StoreUnavailableException also when it takes longer than the patience
   */
  O ask(I input) {
    CompletableFuture<O> output = new CompletableFuture<>();
    waiting.add(new Entry<>(input, size.applyAsLong(input), output));
    if (lanes.availablePermits() == limits.lanes()) {
      openLane();
    }
    if (isHeldUp(output)) {
      openLane();
    }
    return answer(output.orTimeout(limits.patience().toNanos(), TimeUnit.NANOSECONDS));
  }

  /** How many are not being served yet. */
  int waiting() {
    return waiting.size();
  }

  private boolean isHeldUp(CompletableFuture<O> output) {
    try {
      output.get(limits.heldUp().toNanos(), TimeUnit.NANOSECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException e) {
      // The answer is waited for nevertheless: the work cannot be taken back.
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      return false;
    }
  }

  private void openLane() {
    if (!waiting.isEmpty() && lanes.tryAcquire()) {
      Thread.ofVirtual().name("gathering").start(this::lane);
    }
  }

  private void lane() {
    try {
      for (List<Entry<I, O>> batch = next(); !batch.isEmpty(); batch = next()) {
        serve(batch);
      }
    } finally {
      lanes.release();
      // Who came since the last look found it taken.
      openLane();
    }
  }

  private List<Entry<I, O>> next() {
    taking.lock();
    try {
      List<Entry<I, O>> batch = new ArrayList<>();
      long room = limits.size();
      for (Entry<I, O> each = waiting.peek();
          each != null && batch.size() < limits.most() && (batch.isEmpty() || each.size() <= room);
          each = waiting.peek()) {
        waiting.remove();
        // Who gave up was told that nothing happened.
        if (!each.output().isDone()) {
          batch.add(each);
          room -= each.size();
        }
      }
      return batch;
    } finally {
      taking.unlock();
    }
  }

  private List<Entry<I, O>> all() {
    taking.lock();
    try {
      List<Entry<I, O>> all = new ArrayList<>();
      for (Entry<I, O> each = waiting.poll(); each != null; each = waiting.poll()) {
        all.add(each);
      }
      return all;
    } finally {
      taking.unlock();
    }
  }

  private void serve(List<Entry<I, O>> batch) {
    try {
      together(batch);
    } catch (StoreUnavailableException e) {
      // Whether it happened is not known, and a second try would find it there.
      fail(batch, e);
      if (e.getCause() instanceof CannotGetJdbcConnectionException) {
        // The pool tried for long; those who wait would each learn the same after as long again.
        fail(all(), e);
      }
    } catch (RuntimeException e) {
      fail(batch, e);
    } catch (Error e) {
      fail(batch, e);
      throw e;
    }
  }

  private void together(List<Entry<I, O>> batch) {
    List<O> answers;
    try {
      answers = work.apply(batch.stream().map(Entry::input).toList());
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        throw e;
      }
      oneByOne(batch);
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).output().complete(answers.get(i));
    }
  }

  private void oneByOne(List<Entry<I, O>> batch) {
    for (Entry<I, O> each : batch) {
      try {
        each.output().complete(work.apply(List.of(each.input())).getFirst());
      } catch (StoreUnavailableException e) {
        throw e;
      } catch (RuntimeException e) {
        each.output().completeExceptionally(e);
      }
    }
  }

  /** Whoever has an answer keeps it. */
  private static <I, O> void fail(List<Entry<I, O>> batch, Throwable why) {
    batch.forEach(each -> each.output().completeExceptionally(why));
  }

  private static <O> O answer(CompletableFuture<O> output) {
    try {
      return output.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw cause instanceof TimeoutException timeout ? new StoreUnavailableException(timeout) : e;
    }
  }
}
