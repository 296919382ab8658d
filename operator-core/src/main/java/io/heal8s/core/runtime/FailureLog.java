// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs the failures of a loop without flooding: the first of each reason at once, then at most one
 * line per reason and minute that says how many were left out. When the API server goes away, ten
 * thousand keys fail for one reason; that is one line, not ten thousand. All others are logged at
 * debug level.
 */
final class FailureLog {

  private static final Logger log = LoggerFactory.getLogger(ControllerLoop.class);
  private static final Duration QUIET = Duration.ofMinutes(1);

  private record Told(long at, long leftOut) {}

  private final Scheduler scheduler;
  private final Map<String, Told> told = new ConcurrentHashMap<>();

  FailureLog(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** A run failed in a way that may pass. */
  void failed(String reason, Throwable cause, int failures) {
    tell(reason, cause, failures, null);
  }

  /** A run threw; the stack trace is part of the line. */
  void panicked(Throwable cause, int failures) {
    tell(LoopReason.Panicked.name(), cause, failures, cause);
  }

  private void tell(String reason, Throwable cause, int failures, @Nullable Throwable trace) {
    long leftOut = leftOut(reason);
    var line = log.atLevel(leftOut < 0 ? Level.DEBUG : trace == null ? Level.WARN : Level.ERROR);
    // Which loop and which key is in the run's context; a name that comes twice in a line of JSON
    // costs the whole line.
    line.addKeyValue("reason", reason)
        .addKeyValue("error", cause.toString())
        .addKeyValue("failures", failures)
        .addKeyValue("leftOut", Math.max(0, leftOut))
        .setCause(trace)
        .log("A run failed and is tried again");
  }

  // How many lines of that reason were left out before this one; -1 if this one is left out too.
  private long leftOut(String reason) {
    long now = scheduler.nanos();
    long[] answer = {-1};
    told.compute(
        reason,
        (_, last) -> {
          if (last != null && now - last.at() < QUIET.toNanos()) {
            return new Told(last.at(), last.leftOut() + 1);
          }
          answer[0] = last == null ? 0 : last.leftOut();
          return new Told(now, 0);
        });
    return answer[0];
  }
}
