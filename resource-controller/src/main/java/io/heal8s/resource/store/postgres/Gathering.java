// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import io.heal8s.resource.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Does together what many ask for at the same time. Who asks alone waits for nobody; who asks while
 * others are being served is served with everybody else who came meanwhile. One that fails does not
 * take the others with it: then each is tried by itself.
 *
 * @param <I> what is asked
 * @param <O> what comes of it
 */
final class Gathering<I, O> {

  private record Entry<I, O>(I input, CompletableFuture<O> output) {}

  private final int most;
  private final Function<List<I>, List<O>> work;
  private final Queue<Entry<I, O>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock turn = new ReentrantLock();

  /**
   * @param most of one time
   * @param work gives one answer for each question, in their order; is asked again after it threw,
   *     so nothing of it may have happened then, unless the database was away
   */
  Gathering(int most, Function<List<I>, List<O>> work) {
    this.most = most;
    this.work = work;
  }

  /** Asks, and returns when it is done; throws what the work threw. */
  O ask(I input) {
    Entry<I, O> own = new Entry<>(input, new CompletableFuture<>());
    waiting.add(own);
    turn.lock();
    try {
      while (!own.output().isDone()) {
        serve(next());
      }
    } finally {
      turn.unlock();
    }
    return answer(own);
  }

  private List<Entry<I, O>> next() {
    List<Entry<I, O>> batch = new ArrayList<>();
    for (Entry<I, O> each; batch.size() < most && (each = waiting.poll()) != null; ) {
      batch.add(each);
    }
    return batch;
  }

  private void serve(List<Entry<I, O>> batch) {
    try {
      List<O> answers = work.apply(batch.stream().map(Entry::input).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).output().complete(answers.get(i));
      }
    } catch (StoreUnavailableException e) {
      // Whether it happened is not known, and a second try would find it there.
      batch.forEach(each -> each.output().completeExceptionally(e));
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        batch.getFirst().output().completeExceptionally(e);
      } else {
        batch.forEach(each -> serve(List.of(each)));
      }
    }
  }

  private static <I, O> O answer(Entry<I, O> own) {
    try {
      return own.output().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
