// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonObject;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.runtime.Scheduler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes announcements as events.k8s.io/v1 Events. Never blocks its caller and never fails: what
 * cannot be sent is tried three times, then dropped and counted; so is what comes when too many are
 * waiting. An announcement that repeats within ten minutes, or a window of the service's own,
 * becomes a series of the first event, which is written once at the first repeat and then at most
 * once a minute.
 *
 * <p>Threads: one sender at a time runs on the executor while something waits; {@code lock} guards
 * what waits and is never held during a call.
 */
public final class EventPublisher {

  private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);
  private static final int TRIES = 3;
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /**
   * Bounds of what is remembered.
   *
   * @param waiting how many may wait to be sent, about 1 KiB each
   * @param window longest time between two announcements of one series
   */
  public record Bounds(int waiting, Duration window) {

    /** Where a service has no reason for others: 1,000, and ten minutes. */
    public static final Bounds USUAL = new Bounds(1000, Duration.ofMinutes(10));
  }

  private record Sending(ApiRequest request, int tries) {}

  private final KubernetesApi api;
  private final Scheduler scheduler;
  private final Executor executor;
  private final Counter dropped;
  private final EventSeries series;
  private final int mostWaiting;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private final Deque<Sending> waiting = new ArrayDeque<>();
  private boolean sending;

  // Used by one sender at a time.
  private String told = "";

  /**
   * A publisher with the usual bounds.
   *
   * @param controller name of the controller, as {@code heal8s.io/remediation-operator}
   * @param instance identity of this process
   */
  public EventPublisher(
      KubernetesApi api,
      String controller,
      String instance,
      Clock clock,
      Scheduler scheduler,
      Executor executor,
      MeterRegistry meters) {
    this(api, controller, instance, clock, scheduler, executor, meters, Bounds.USUAL);
  }

  /**
   * @param controller name of the controller, as {@code heal8s.io/remediation-operator}
   * @param instance identity of this process
   */
  public EventPublisher(
      KubernetesApi api,
      String controller,
      String instance,
      Clock clock,
      Scheduler scheduler,
      Executor executor,
      MeterRegistry meters,
      Bounds bounds) {
    this.api = api;
    this.mostWaiting = bounds.waiting();
    this.scheduler = scheduler;
    this.executor = executor;
    this.series =
        new EventSeries(
            new EventJson(controller, instance), clock, scheduler, this::enqueue, bounds.window());
    this.dropped =
        Counter.builder("heal8s.events.dropped")
            .description("Kubernetes Events that could not be written")
            .tags("controller", controller)
            .register(meters);
  }

  /** Publishes an announcement about an object, or adds it to its series. */
  public void publish(ObjectReference regarding, Announcement announcement) {
    series.add(regarding, announcement);
  }

  /** How many announcements would be added to a series if they repeated now; 2,000 at most. */
  public int remembered() {
    return series.remembered();
  }

  private void enqueue(ApiRequest request) {
    boolean start;
    lock.lock();
    try {
      if (waiting.size() >= mostWaiting) {
        dropped.increment();
        return;
      }
      waiting.add(new Sending(request, 1));
      start = !sending;
      sending = true;
    } finally {
      lock.unlock();
    }
    if (start) {
      runSender();
    }
  }

  private void runSender() {
    try {
      executor.execute(this::send);
    } catch (RuntimeException closed) {
      // The process is stopping; events are no reason to wait.
      dropped.increment();
    }
  }

  private void send() {
    for (Sending next = poll(); next != null; next = poll()) {
      Answer<JsonObject> answer = api.call(next.request(), JsonObject.class);
      if (answer instanceof Answer.Failed<JsonObject>(ApiFailure failure)) {
        Duration pause = failed(next, failure);
        if (pause != null) {
          scheduler.after(pause, this::runSender);
          return;
        }
      } else {
        told = "";
      }
    }
  }

  private @Nullable Sending poll() {
    lock.lock();
    try {
      Sending next = waiting.poll();
      sending = next != null;
      return next;
    } finally {
      lock.unlock();
    }
  }

  // Returns how long to wait before the next try, or null to go on with the next event.
  private @Nullable Duration failed(Sending event, ApiFailure failure) {
    Duration pause =
        switch (failure) {
          case ApiFailure.Throttled(Duration retryAfter, _) -> retryAfter;
          case ApiFailure.Transient _ -> PAUSE.multipliedBy(event.tries());
          case ApiFailure.NotFound _,
              ApiFailure.AlreadyExists _,
              ApiFailure.Conflict _,
              ApiFailure.Expired _,
              ApiFailure.Forbidden _,
              ApiFailure.QuotaExceeded _,
              ApiFailure.NamespaceTerminating _,
              ApiFailure.Invalid _ ->
              null;
        };
    if (pause == null || event.tries() >= TRIES) {
      dropped.increment();
      tell(failure);
      return null;
    }
    lock.lock();
    try {
      waiting.addFirst(new Sending(event.request(), event.tries() + 1));
      sending = true;
    } finally {
      lock.unlock();
    }
    return pause;
  }

  // Once for each kind of failure in a row: a missing right must not fill the log.
  private void tell(ApiFailure failure) {
    String kind = failure.getClass().getSimpleName();
    if (!kind.equals(told)) {
      told = kind;
      log.atWarn().addKeyValue("error", failure.message()).log("An event could not be written");
    }
  }
}
