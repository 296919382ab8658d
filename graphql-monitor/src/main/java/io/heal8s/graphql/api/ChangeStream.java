// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.effect.ObjectKey;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One subscriber. Who tells only puts into a queue of {@value #MOST_WAITING}; the subscriber is
 * written to on a task of its own. A full queue ends the subscription with an error, after what
 * waits in it.
 *
 * <p>{@code lock} guards telling and ending, because the sink wants one at a time.
 */
final class ChangeStream {

  /** Most changes that may wait for one subscriber. */
  static final int MOST_WAITING = 256;

  private static final int AT_ONCE = 8;

  private final @Nullable String namespace;
  private final @Nullable String name;
  private final ReentrantLock lock = new ReentrantLock();
  private final Sinks.Many<ToldChange> sink;

  ChangeStream(@Nullable String namespace, @Nullable String name) {
    this.namespace = namespace;
    this.name = name;
    this.sink =
        Sinks.unsafe()
            .many()
            .unicast()
            .onBackpressureBuffer(new ArrayBlockingQueue<>(MOST_WAITING));
  }

  Flux<ToldChange> flux(Scheduler scheduler) {
    return sink.asFlux().publishOn(scheduler, AT_ONCE);
  }

  boolean wants(ObjectKey app) {
    return (namespace == null || namespace.equals(app.namespace()))
        && (name == null || name.equals(app.name()));
  }

  /** Never waits; what comes after an end is dropped. */
  void tell(ToldChange change) {
    lock.lock();
    try {
      if (sink.tryEmitNext(change) == Sinks.EmitResult.FAIL_OVERFLOW) {
        sink.tryEmitError(
            new SubscriptionEndedException(
                "this subscriber reads more slowly than changes happen, and changes would be lost:"
                    + " subscribe again, with a namespace or a name if need be"));
      }
    } finally {
      lock.unlock();
    }
  }

  void end(String why) {
    lock.lock();
    try {
      sink.tryEmitError(new SubscriptionEndedException(why));
    } finally {
      lock.unlock();
    }
  }
}
