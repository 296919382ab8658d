// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.decide.Snapshot;
import io.heal8s.core.metric.LoopMetrics;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.MDC;

/**
 * One run of one key at a time: reconciles it, counts and times it, tells a failure once, and says
 * by {@link RequeueTable} when the key comes back. Knows nothing of queues and places. Safe for
 * many threads with different keys.
 */
final class KeyRuns<K, S extends Snapshot, I extends Intent> {

  private final LoopSettings settings;
  private final LoopEnvironment environment;
  private final Reconciler<K, S, I> reconciler;
  private final RequeueTable table;
  private final LoopMetrics metrics;
  private final ActiveRuns active;
  private final FailureLog failureLog;
  private final Map<K, Integer> failures = new ConcurrentHashMap<>();

  KeyRuns(LoopSettings settings, LoopEnvironment environment, Reconciler<K, S, I> reconciler) {
    this.settings = settings;
    this.environment = environment;
    this.reconciler = reconciler;
    this.table = new RequeueTable(settings.interval(), environment.random());
    this.metrics = new LoopMetrics(environment.meters(), settings.name(), settings.workers());
    this.active = new ActiveRuns(settings, environment.scheduler());
    this.failureLog = new FailureLog(environment.scheduler());
  }

  /** Looks after the runs under way: warns of long ones, interrupts those beyond their time. */
  void check() {
    active.check();
  }

  void interruptAll() {
    active.interruptAll();
  }

  /** Runs a key; whatever it throws is a row of the table like any other end. */
  RequeueTable.Row run(K key) {
    String runId = environment.runIds().get();
    Instant now = environment.clock().instant();
    ActiveRun run = active.begin(runId, key);
    metrics.began();
    MDC.put("controller", settings.name());
    MDC.put("runId", runId);
    MDC.put("key", key.toString());
    RequeueTable.Row row;
    try {
      RunContext context = new RunContext(runId, now, now.plus(settings.runTimeout()));
      row = rowOf(key, reconciler.reconcile(key, context));
    } catch (Throwable failure) {
      row = rowAfterThrow(key, failure, run);
    }
    long nanos = active.end(run);
    MDC.remove("controller");
    MDC.remove("runId");
    MDC.remove("key");
    metrics.ended(row.result(), nanos);
    count(key, row);
    return row;
  }

  private RequeueTable.Row rowOf(K key, Reconciler.Ending ending) {
    int before = failures.getOrDefault(key, 0);
    return switch (ending) {
      case Reconciler.Ending.Behind() -> table.behind();
      case Reconciler.Ending.Gone() -> table.gone();
      case Reconciler.Ending.Ended(Outcome outcome) -> {
        RequeueTable.Row row = table.of(outcome, environment.clock().instant(), before);
        if (outcome instanceof Outcome.Retry(var reason, var cause)) {
          failureLog.failed(reason.name(), cause, before + 1);
        }
        yield row;
      }
    };
  }

  private RequeueTable.Row rowAfterThrow(K key, Throwable failure, ActiveRun run) {
    int before = failures.getOrDefault(key, 0);
    boolean interrupted = run.wasInterrupted();
    LoopReason reason = interrupted ? LoopReason.RunInterrupted : LoopReason.Panicked;
    if (interrupted) {
      failureLog.failed(reason.name(), failure, before + 1);
    } else {
      metrics.panicked();
      failureLog.panicked(failure, before + 1);
    }
    return table.of(new Outcome.Retry(reason, failure), environment.clock().instant(), before);
  }

  private void count(K key, RequeueTable.Row row) {
    switch (row.failures()) {
      case FORGET -> failures.remove(key);
      case COUNT -> failures.merge(key, 1, (a, b) -> a == Integer.MAX_VALUE ? a : a + b);
      case KEEP -> {}
    }
  }
}
