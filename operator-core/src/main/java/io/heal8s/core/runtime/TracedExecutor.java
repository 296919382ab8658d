// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.IntentExecutor;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Shows each effect in its trace, and by one log line that carries the trace's id; runs without an
 * effect leave neither. A failure that is tried again is told by the loop, which leaves out what
 * repeats; here it is a line at debug level.
 */
public final class TracedExecutor<I extends Intent> implements IntentExecutor<I> {

  private static final Logger log = LoggerFactory.getLogger(TracedExecutor.class);

  /** What the names of attributes begin with in a trace; log lines are ours alone. */
  private static final String PREFIX = "heal8s.";

  private final IntentExecutor<I> effects;
  private final Tracing tracing;
  private final Scheduler time;
  private final Function<I, Tracing.Work> describe;

  /**
   * @param effects does them
   * @param time tells how long each took
   * @param describe which trace an effect belongs to, what it is called there, and which object it
   *     is about
   */
  public TracedExecutor(
      IntentExecutor<I> effects,
      Tracing tracing,
      Scheduler time,
      Function<I, Tracing.Work> describe) {
    this.effects = effects;
    this.tracing = tracing;
    this.time = time;
    this.describe = describe;
  }

  @Override
  public Outcome execute(I intent, RunContext run) {
    Tracing.Work work = describe.apply(intent);
    return tracing.trace(
        work,
        active -> {
          long began = time.nanos();
          Outcome outcome = effects.execute(intent, run);
          tell(work, outcome, time.nanos() - began);
          if (outcome instanceof Outcome.Retry(var _, Throwable cause)) {
            active.failed(cause);
          }
          return outcome;
        });
  }

  private static void tell(Tracing.Work work, Outcome outcome, long nanos) {
    LoggingEventBuilder line =
        log.atLevel(outcome instanceof Outcome.Retry ? Level.DEBUG : Level.INFO)
            .addKeyValue("effect", work.name());
    for (Map.Entry<String, String> attribute : work.attributes().entrySet()) {
      line = line.addKeyValue(shortened(attribute.getKey()), attribute.getValue());
    }
    line.addKeyValue("tookMs", TimeUnit.NANOSECONDS.toMillis(nanos))
        .addKeyValue("outcome", text(outcome))
        .log("Effect");
  }

  private static String text(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> "Done";
      case Outcome.Waiting(var _, var reason) -> "Waits: " + reason.name();
      case Outcome.Stalled(var reason, var _, var _) -> "Stalled: " + reason.name();
      case Outcome.Retry(var reason, var cause) -> "Failed: " + reason.name() + ", " + cause;
    };
  }

  private static String shortened(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }
}
