// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import io.heal8s.gateway.intent.AlertIntent;
import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.routing.AlertRouter;
import io.heal8s.gateway.routing.AlertSnapshot;
import io.heal8s.gateway.routing.NamespaceRules;
import io.heal8s.gateway.source.AlertBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a delivery and says what became of each of its alerts. Alerts of one delivery are written
 * at the same time, within a bound per delivery and one for all. One alert's failure is no other's.
 */
public final class Intake {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  /**
   * Bounds.
   *
   * @param concurrentWrites calls to the API server at the same time, of all deliveries
   * @param writesPerDelivery calls at the same time of one delivery
   * @param timeout longest time from taking a delivery to its answer
   */
  public record Limits(int concurrentWrites, int writesPerDelivery, Duration timeout) {}

  private final PolicyRules policies;
  private final AlertRouter router;
  private final AlertExecutor executor;
  private final GatewayMetrics metrics;
  private final GatewayNews news;
  private final Limits limits;
  private final InstantSource clock;
  private final Semaphore writes;

  /** An intake with nothing at work. */
  public Intake(
      PolicyRules policies,
      AlertRouter router,
      AlertExecutor executor,
      GatewayMetrics metrics,
      GatewayNews news,
      Limits limits,
      InstantSource clock) {
    this.policies = policies;
    this.router = router;
    this.executor = executor;
    this.metrics = metrics;
    this.news = news;
    this.limits = limits;
    this.clock = clock;
    // Fair: whoever has waited longest is next, so that under a storm nobody waits much longer than
    // all others.
    this.writes = new Semaphore(limits.concurrentWrites(), true);
  }

  /**
   * Takes a delivery; returns when everything is written or known not to be.
   *
   * @param trace W3C traceparent that the Remediations will carry, null for none
   */
  public DeliveryReport accept(AlertBatch batch, @Nullable String trace) {
    if (batch.truncatedAlerts() > 0) {
      news.truncated(batch.truncatedAlerts());
    }
    Instant now = clock.instant();
    metrics.delivered(now);
    Instant deadline = now.plus(limits.timeout());
    List<IncomingAlert> alerts = batch.alerts();
    return new DeliveryReport(
        alerts.size() == 1
            ? List.of(answer(alerts.getFirst(), trace, deadline))
            : inParallel(alerts, trace, deadline));
  }

  private List<AlertAnswer> inParallel(
      List<IncomingAlert> alerts, @Nullable String trace, Instant deadline) {
    AlertAnswer[] answers = new AlertAnswer[alerts.size()];
    AtomicInteger next = new AtomicInteger();
    int workers = Math.min(limits.writesPerDelivery(), answers.length);
    // Closing waits for the workers, so the answers are all there afterwards.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int worker = 0; worker < workers; worker++) {
        threads.execute(
            () -> {
              for (int i = next.getAndIncrement(); i < answers.length; i = next.getAndIncrement()) {
                answers[i] = answer(alerts.get(i), trace, deadline);
              }
            });
      }
    }
    return Arrays.asList(answers);
  }

  private AlertAnswer answer(IncomingAlert alert, @Nullable String trace, Instant deadline) {
    metrics.received(alert);
    try {
      return new AlertAnswer(alert, result(alert, trace, deadline));
    } catch (RuntimeException e) {
      // A bug with one alert must not cost the others; the sender keeps what was not committed.
      log.atError().setCause(e).log("An alert could not be handled");
      metrics.failed(Trouble.Unexpected);
      return new AlertAnswer(
          alert, new Result.Failed(Trouble.Unexpected, "it could not be handled; see the log"));
    }
  }

  private Result result(IncomingAlert alert, @Nullable String trace, Instant deadline) {
    Optional<NamespaceRules> rules = policies.of(alert.label(AlertRouter.NAMESPACE_LABEL));
    if (rules.isEmpty()) {
      metrics.failed(Trouble.PoliciesNotRead);
      return new Result.Failed(
          Trouble.PoliciesNotRead, "the policies were not read yet since the start");
    }
    AlertIntent intent = router.route(new AlertSnapshot(alert, rules.get(), trace));
    Result result =
        intent instanceof AlertIntent.Skip
            ? executor.execute(intent, deadline)
            : executeWithin(intent, deadline);
    metrics.done(alert, intent, result);
    return result;
  }

  private Result executeWithin(AlertIntent intent, Instant deadline) {
    try {
      long left = Duration.between(clock.instant(), deadline).toNanos();
      if (!writes.tryAcquire(left, TimeUnit.NANOSECONDS)) {
        return new Result.Failed(Trouble.Busy, "too many deliveries are at work");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Failed(Trouble.Busy, "the gateway is being stopped");
    }
    try {
      return executor.execute(intent, deadline);
    } finally {
      writes.release();
    }
  }
}
