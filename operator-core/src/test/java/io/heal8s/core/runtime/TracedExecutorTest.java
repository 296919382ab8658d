// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.decide.RunContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TracedExecutorTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private enum Why implements Reason {
    TargetBusy
  }

  private record Write(String name) implements Intent {}

  private final Logger logger = (Logger) LoggerFactory.getLogger(TracedExecutor.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final ManualScheduler time = new ManualScheduler();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void goAway() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void anEffectIsOneLineThatIsFoundByTheTrace() {
    execute(Outcome.DONE);

    assertThat(lines.list).hasSize(1);
    ILoggingEvent line = lines.list.getFirst();
    assertThat(line.getMDCPropertyMap()).containsEntry(Tracing.TRACE_ID, TRACE);
    assertThat(values(line))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "effect", "change applied",
                "remediation", "shop/rem-1",
                "tookMs", 250L,
                "outcome", "Done"));
  }

  @Test
  void whatStopsItIsNamed() {
    execute(Outcome.waiting(Duration.ofSeconds(1), Why.TargetBusy));
    execute(Outcome.stalled(Why.TargetBusy, "a person must look"));

    assertThat(lines.list)
        .extracting(line -> values(line).get("outcome"))
        .containsExactly("Waits: TargetBusy", "Stalled: TargetBusy");
  }

  @Test
  void aFailureIsToldByTheLoopAlone() {
    Outcome failure = new Outcome.Retry(Why.TargetBusy, new IOException("the server is away"));
    assertThat(execute(failure)).isSameAs(failure);
    assertThat(lines.list)
        .as("because ten thousand keys fail at once when a server goes away")
        .isEmpty();

    logger.setLevel(Level.DEBUG);
    execute(failure);
    assertThat(values(lines.list.getFirst()).get("outcome"))
        .isEqualTo("Failed: TargetBusy, java.io.IOException: the server is away");
  }

  private Outcome execute(Outcome outcome) {
    TracedExecutor<Write> traced =
        new TracedExecutor<>(
            (intent, run) -> {
              time.advance(Duration.ofMillis(250));
              return outcome;
            },
            Tracing.off(),
            time,
            intent ->
                new Tracing.Work(
                    "00-" + TRACE + "-00f067aa0ba902b7-01",
                    intent.name(),
                    Map.of("heal8s.remediation", "shop/rem-1")));
    return traced.execute(
        new Write("change applied"), new RunContext("r", Instant.EPOCH, Instant.MAX));
  }

  private static Map<String, Object> values(ILoggingEvent line) {
    Map<String, Object> values = new HashMap<>();
    line.getKeyValuePairs().forEach(pair -> values.put(pair.key, pair.value));
    return values;
  }
}
