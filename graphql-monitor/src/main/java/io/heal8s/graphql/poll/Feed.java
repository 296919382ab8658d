// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.graphql.exchange.Answer;
import io.heal8s.graphql.exchange.FailureKind;
import io.heal8s.graphql.exchange.StateStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one stream, on a task of its own, and keeps what came until the app's turn takes it. Full,
 * it reads no further, so that a server that tells faster than is written is slowed down and no
 * state is skipped.
 *
 * <p>{@code lock} guards what is kept and whether it is closed.
 */
final class Feed {

  private static final Logger log = LoggerFactory.getLogger(Feed.class);
  private static final int MOST_KEPT = 16;

  /** Bytes of all that are kept, unless it is one alone: their trees take many times as much. */
  private static final long MOST_BYTES = 256 * 1024;

  /**
   * What a stream told.
   *
   * @param at when it came
   */
  record Heard(StateStream.Event event, Instant at) {}

  private final StateStream stream;
  private final InstantSource clock;
  private final Runnable wake;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition taken = lock.newCondition();
  private final Deque<Heard> kept = new ArrayDeque<>(MOST_KEPT);
  private long bytes;
  private volatile boolean closed;

  private Feed(StateStream stream, InstantSource clock, Runnable wake) {
    this.stream = stream;
    this.clock = clock;
    this.wake = wake;
  }

  static Feed begin(StateStream stream, Executor executor, InstantSource clock, Runnable wake) {
    Feed feed = new Feed(stream, clock, wake);
    executor.execute(feed::read);
    return feed;
  }

  private void read() {
    try {
      boolean more = true;
      while (more && !closed) {
        StateStream.Event event = next();
        more = event instanceof StateStream.Event.Told;
        keep(new Heard(event, clock.instant()));
        wake.run();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      stream.close();
    }
  }

  private void keep(Heard heard) throws InterruptedException {
    long size = size(heard.event());
    lock.lock();
    try {
      while (!closed && isFull(size)) {
        taken.await();
      }
      kept.addLast(heard);
      bytes += size;
    } finally {
      lock.unlock();
    }
  }

  // Guarded by lock.
  private boolean isFull(long more) {
    return kept.size() >= MOST_KEPT || (!kept.isEmpty() && bytes + more > MOST_BYTES);
  }

  private static long size(StateStream.Event event) {
    return event instanceof StateStream.Event.Told(Answer.State state) ? state.bytes() : 0;
  }

  // A fault of ours must end the subscription as well, or it would be silent for ever.
  private StateStream.Event next() {
    try {
      return stream.next();
    } catch (RuntimeException bug) {
      log.atError().setCause(bug).log("A subscription failed unexpectedly");
      return new StateStream.Event.Ended(
          new Answer.Failed(
              FailureKind.ConnectionBroken, "the subscription failed unexpectedly", null));
    }
  }

  /** What came first and was not taken yet, null for nothing. */
  @Nullable Heard take() {
    lock.lock();
    try {
      Heard first = kept.pollFirst();
      if (first != null) {
        bytes -= size(first.event());
        taken.signal();
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      taken.signal();
    } finally {
      lock.unlock();
    }
    stream.close();
  }
}
