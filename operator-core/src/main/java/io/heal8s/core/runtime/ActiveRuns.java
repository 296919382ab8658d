// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of one loop that are under way; looked through once a second instead of with two alarms
 * per run, which would cost more than many runs themselves.
 */
final class ActiveRuns {

  private static final Logger log = LoggerFactory.getLogger(ControllerLoop.class);

  private final LoopSettings settings;
  private final Scheduler scheduler;
  private final Set<ActiveRun> runs = ConcurrentHashMap.newKeySet();

  ActiveRuns(LoopSettings settings, Scheduler scheduler) {
    this.settings = settings;
    this.scheduler = scheduler;
  }

  /** Registers a run that begins on the calling thread. */
  ActiveRun begin(String id, Object key) {
    ActiveRun run = new ActiveRun(id, key, scheduler.nanos(), Thread.currentThread());
    runs.add(run);
    return run;
  }

  /** Ends a run on its own thread; returns how many nanoseconds it took. */
  long end(ActiveRun run) {
    run.end();
    runs.remove(run);
    return scheduler.nanos() - run.since();
  }

  /** Warns about slow runs and interrupts those beyond the timeout. */
  void check() {
    long now = scheduler.nanos();
    for (ActiveRun run : runs) {
      Duration age = Duration.ofNanos(now - run.since());
      if (age.compareTo(settings.warnAfter()) >= 0 && run.warnOnce()) {
        tell("A run is still going on", run, age);
      }
      if (age.compareTo(settings.runTimeout()) >= 0 && run.interrupt()) {
        tell("A run took longer than its timeout and is interrupted", run, age);
      }
    }
  }

  /** Interrupts every run. */
  void interruptAll() {
    runs.forEach(ActiveRun::interrupt);
  }

  private void tell(String message, ActiveRun run, Duration age) {
    log.atWarn()
        .addKeyValue("controller", settings.name())
        .addKeyValue("runId", run.id())
        .addKeyValue("key", run.key())
        .addKeyValue("age", age)
        .log(message);
  }
}
