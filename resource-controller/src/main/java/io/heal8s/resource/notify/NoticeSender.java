// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.notify;

import io.heal8s.resource.notify.NotificationStore.Batch;
import io.heal8s.resource.notify.Notifier.Delivery;
import io.heal8s.resource.store.StoreUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells by one notifier what happened. One process at a time does; killed between the telling and
 * the record of it, the next one tells the same once more. A notifier that does not answer is asked
 * again for {@value #TRIES} times with growing pauses, then that message is given up.
 */
public final class NoticeSender implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NoticeSender.class);

  private static final int TRIES = 10;
  private static final Duration LEASE = Duration.ofMinutes(3);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Notifier notifier;
  private final NotificationStore store;
  private final MeterRegistry meters;
  private final Duration gather;
  private final UUID self;
  private final Semaphore wake = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;

  /**
   * Starts it.
   *
   * @param gather how long a burst is waited for after its first event
   * @param self name of this process; another one for every start
   */
  public NoticeSender(
      Notifier notifier,
      NotificationStore store,
      MeterRegistry meters,
      Duration gather,
      UUID self) {
    this.notifier = notifier;
    this.store = store;
    this.meters = meters;
    this.gather = gather;
    this.self = self;
    this.thread = Thread.ofVirtual().name("notices-" + notifier.id()).start(this::run);
  }

  /** Something happened; cheap, from any thread. */
  public void wake() {
    wake.release();
  }

  private void run() {
    try {
      while (ended.getCount() > 0) {
        look();
        wake.tryAcquire(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        ended.await(gather.toMillis(), TimeUnit.MILLISECONDS);
        wake.drainPermits();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws InterruptedException {
    try {
      if (!store.isNews(notifier.id()) || !store.hold(notifier.id(), self, LEASE)) {
        return;
      }
      boolean goesOn = true;
      while (goesOn && ended.getCount() > 0) {
        Batch batch = store.read(notifier.id());
        goesOn = tell(batch) && batch.more();
      }
      store.release(notifier.id(), self);
    } catch (StoreUnavailableException e) {
      log.debug("the database is away; looked again later", e);
    } catch (RuntimeException e) {
      log.error("notices by {} could not be sent; tried again", notifier.id(), e);
    }
  }

  /** Returns whether it is still our turn. */
  private boolean tell(Batch batch) throws InterruptedException {
    News news = News.in(batch.events());
    if (!news.notices().isEmpty() && !delivered(news)) {
      return false;
    }
    return store.advance(notifier.id(), self, batch.upTo(), news.marks());
  }

  /** Returns whether it is done with, one way or the other; false to leave it for later. */
  private boolean delivered(News news) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      switch (notifier.send(news.notices())) {
        case Delivery.Sent _ -> {
          count("sent", news);
          return true;
        }
        case Delivery.Never never -> {
          return givenUp(never.why(), news);
        }
        case Delivery.Later later -> {
          if (attempt == TRIES) {
            return givenUp(later.why(), news);
          }
          log.warn("{} does not take notices, tried again: {}", notifier.id(), later.why());
          if (!mayGoOn(attempt)) {
            return false;
          }
        }
      }
    }
  }

  /** Waits longer each time; false when it is over or no longer our turn. */
  private boolean mayGoOn(int attempt) throws InterruptedException {
    long seconds = Math.min(1L << Math.min(attempt - 1, 6), LONGEST_PAUSE.toSeconds());
    boolean over = ended.await(seconds, TimeUnit.SECONDS);
    return !over && store.hold(notifier.id(), self, LEASE);
  }

  private boolean givenUp(String why, News news) {
    log.error("{} notices by {} are given up: {}", news.notices().size(), notifier.id(), why);
    count("given_up", news);
    return true;
  }

  private void count(String outcome, News news) {
    meters
        .counter("resource_notifications", "notifier", notifier.id(), "outcome", outcome)
        .increment(news.notices().size());
  }

  /** Ends it; what is not told yet is told by another process, or after the next start. */
  @Override
  public void close() {
    ended.countDown();
    wake.release();
    try {
      if (!thread.join(Duration.ofSeconds(1))) {
        // An SMTP server that hangs must not hold a shutdown.
        thread.interrupt();
        thread.join(Duration.ofSeconds(1));
      }
      store.release(notifier.id(), self);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreUnavailableException e) {
      log.debug("the turn ends with its lease", e);
    }
    notifier.close();
  }
}
