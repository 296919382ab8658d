// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import static io.heal8s.core.runtime.RequeueTable.Failures.COUNT;
import static io.heal8s.core.runtime.RequeueTable.Failures.FORGET;
import static io.heal8s.core.runtime.RequeueTable.Failures.KEEP;
import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Reason;
import io.heal8s.core.metric.LoopMetrics.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequeueTableTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofMinutes(10);

  enum Why implements Reason {
    Test
  }

  record Case(
      String because,
      Outcome outcome,
      double draw,
      int failuresBefore,
      RequeueTable.Failures failures,
      @Nullable Duration after,
      Result result) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Case> table() {
    return Stream.of(
        new Case(
            "done comes back at the interval",
            Outcome.DONE,
            0.5,
            3,
            FORGET,
            Duration.ofMinutes(10),
            Result.SUCCESS),
        new Case(
            "done comes back at most 10 % early",
            Outcome.DONE, 0, 0, FORGET, Duration.ofMinutes(9), Result.SUCCESS),
        new Case(
            "waiting names its own time",
            Outcome.waiting(Duration.ofSeconds(17), Why.Test),
            0.3,
            9,
            FORGET,
            Duration.ofSeconds(17),
            Result.REQUEUE_AFTER),
        new Case(
            "waiting for less than nothing is now",
            Outcome.waiting(Duration.ofSeconds(-1), Why.Test),
            0.3,
            0,
            FORGET,
            Duration.ZERO,
            Result.REQUEUE_AFTER),
        new Case(
            "stalled without a deadline waits for a change",
            Outcome.stalled(Why.Test, "change it"),
            0.3,
            2,
            FORGET,
            null,
            Result.SUCCESS),
        new Case(
            "stalled comes back at its deadline at the latest",
            new Outcome.Stalled(Why.Test, "change it", NOW.plusSeconds(3600)),
            0.3,
            2,
            FORGET,
            Duration.ofHours(1),
            Result.SUCCESS),
        new Case(
            "a deadline that has passed must not make the loop spin",
            new Outcome.Stalled(Why.Test, "change it", NOW.minusSeconds(5)),
            0.3,
            0,
            FORGET,
            Duration.ofSeconds(1),
            Result.SUCCESS),
        new Case(
            "the first failure waits 1 to 2 s",
            new Outcome.Retry(Why.Test, new IllegalStateException()),
            0.5,
            0,
            COUNT,
            Duration.ofMillis(1500),
            Result.ERROR),
        new Case(
            "the hundredth failure waits 1 s to 5 min",
            new Outcome.Retry(Why.Test, new IllegalStateException()),
            0.5,
            99,
            COUNT,
            Duration.ofMillis(150_500),
            Result.ERROR),
        new Case(
            "the count of failures cannot wrap",
            new Outcome.Retry(Why.Test, new IllegalStateException()),
            0.5,
            Integer.MAX_VALUE,
            COUNT,
            Duration.ofMillis(150_500),
            Result.ERROR));
  }

  @ParameterizedTest
  @MethodSource("table")
  void row(Case c) {
    RequeueTable table = new RequeueTable(INTERVAL, BackoffTest.always(c.draw()));
    RequeueTable.Row row = table.of(c.outcome(), NOW, c.failuresBefore());

    assertThat(row.failures()).isEqualTo(c.failures());
    assertThat(row.after()).isEqualTo(c.after());
    assertThat(row.result()).isEqualTo(c.result());
  }

  @Test
  void ownWriteThatTheCacheDoesNotShowYetIsNotAFailure() {
    RequeueTable table = new RequeueTable(INTERVAL, BackoffTest.always(0));

    assertThat(table.behind())
        .isEqualTo(
            new RequeueTable.Row(KEEP, Duration.ofMillis(100), Priority.NORMAL, Result.REQUEUE));
  }

  @Test
  void whatIsGoneNeverComesBackByItself() {
    assertThat(new RequeueTable(INTERVAL, BackoffTest.always(0)).gone().after()).isNull();
  }

  @Test
  void withoutAnIntervalDoneWaitsForAChange() {
    RequeueTable table = new RequeueTable(null, BackoffTest.always(0));

    assertThat(table.of(Outcome.DONE, NOW, 0).after()).isNull();
  }
}
