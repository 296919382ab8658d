// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.graphql.exchange.Answer;
import io.heal8s.graphql.exchange.FailureKind;
import io.heal8s.graphql.exchange.StateStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one stream, on a task of its own, and keeps what came until the app's turn takes it. Full,
 * it reads no further, so that a server that tells faster than is written is slowed down and no
 * state is skipped.
 */
final class Feed {

  private static final Logger log = LoggerFactory.getLogger(Feed.class);
  private static final int MOST_KEPT = 16;

  private final StateStream stream;
  private final Runnable wake;
  private final BlockingQueue<StateStream.Event> kept = new ArrayBlockingQueue<>(MOST_KEPT);
  private volatile boolean closed;

  private Feed(StateStream stream, Runnable wake) {
    this.stream = stream;
    this.wake = wake;
  }

  static Feed begin(StateStream stream, Executor executor, Runnable wake) {
    Feed feed = new Feed(stream, wake);
    executor.execute(feed::read);
    return feed;
  }

  private void read() {
    try {
      boolean more = true;
      while (more && !closed) {
        StateStream.Event event = next();
        more = event instanceof StateStream.Event.Told;
        while (!closed && !kept.offer(event, 1, TimeUnit.SECONDS)) {
          wake.run();
        }
        wake.run();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      stream.close();
    }
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
  StateStream.@Nullable Event take() {
    return kept.poll();
  }

  void close() {
    closed = true;
    stream.close();
  }
}
