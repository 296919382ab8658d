// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Snapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLineTest {

  record Seen(String key) implements Snapshot {}

  record None() implements Intent {}

  @Test
  void aFailureSaysWhoseItIsAndNamesNothingTwice() {
    Logger logger = (Logger) LoggerFactory.getLogger(ControllerLoop.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    // Silent in the other tests, which make runs fail on purpose.
    Level before = logger.getLevel();
    logger.setLevel(Level.WARN);
    logger.addAppender(lines);
    try {
      ManualScheduler time = new ManualScheduler();
      ManualExecutor executor = new ManualExecutor();
      LoopEnvironment environment =
          new LoopEnvironment(
              time.clock(), time, executor, new Random(1), () -> "r", new SimpleMeterRegistry());
      ControllerLoop<String, Seen, None> loop =
          new ControllerLoop<>(
              LoopSettings.of("shop", 1),
              environment,
              (key, run) -> {
                throw new IllegalStateException("broken");
              },
              (seen, now) -> Decision.nothing(Outcome.DONE),
              (intent, run) -> Outcome.DONE,
              Announcer.silent());
      loop.start();
      loop.add("a");
      executor.runAll();
    } finally {
      logger.detachAppender(lines);
      logger.setLevel(before);
    }

    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getMDCPropertyMap())
                  .containsEntry("controller", "shop")
                  .containsEntry("key", "a");
              assertThat(line.getKeyValuePairs())
                  .extracting(pair -> pair.key)
                  .as("because a name that comes twice in a line of JSON costs the whole line")
                  .doesNotContainAnyElementsOf(line.getMDCPropertyMap().keySet());
            });
  }
}
