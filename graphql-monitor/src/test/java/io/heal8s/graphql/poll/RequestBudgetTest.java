// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestBudgetTest {

  private static final long START = Duration.ofHours(1).toNanos();

  private static long at(Duration after) {
    return START + after.toNanos();
  }

  @ParameterizedTest(name = "{0} pods every {1} s")
  @CsvSource({"1,5", "8,5", "16,5", "17,5", "17,30", "100,60", "900,5"})
  void aRoundIsAlwaysPolledAndInAnHourNoMoreIsSentThanTheLimit(int pods, int seconds) {
    RequestBudget budget = new RequestBudget(100, START);
    Duration interval = Duration.ofSeconds(seconds);
    long now = START;
    long sent = 0;
    long rounds = 0;
    while (now < at(Duration.ofHours(1))) {
      if (budget.take(pods, now)) {
        sent += pods;
        rounds++;
        now += interval.toNanos();
      } else {
        assertThat(budget.holds(pods, now)).as("later, not never").isGreaterThan(now);
        now = budget.holds(pods, now);
      }
    }
    assertThat(sent).isLessThanOrEqualTo(6000 + Math.max(16, pods));
    long wanted = 3600 / seconds;
    assertThat(rounds)
        .as("as often as it may be")
        .isGreaterThanOrEqualTo(Math.min(wanted, 6000 / pods));
  }

  @Test
  void aRoundLargerThanTheBurstIsSentOnceTheBudgetIsFull() {
    RequestBudget budget = new RequestBudget(100, START);
    assertThat(budget.take(17, START)).isTrue();
    // 17 requests are those of 10.2 s.
    assertThat(budget.take(17, at(Duration.ofSeconds(10)))).isFalse();
    assertThat(budget.holds(17, at(Duration.ofSeconds(10))))
        .isBetween(at(Duration.ofMillis(10_190)), at(Duration.ofMillis(10_210)));
    assertThat(budget.take(17, at(Duration.ofMillis(10_210)))).isTrue();
  }

  @ParameterizedTest(name = "{0} requests every {1} s: {2}")
  @CsvSource({
    "1, 5, ''",
    "8, 5, ''",
    "16, 5, 'polled every 9.6 s instead of every 5 s: a poll is 16 requests, of 100 in a minute that one app may be sent (requests-per-minute)'",
    "17, 30, ''",
    "100, 30, 'polled every 60 s instead of every 30 s: a poll is 100 requests, of 100 in a minute that one app may be sent (requests-per-minute)'"
  })
  void howMuchLessOftenItIsPolledIsSaid(int requests, int seconds, String said) {
    RequestBudget budget = new RequestBudget(100, START);
    assertThat(budget.slowed(requests, Duration.ofSeconds(seconds))).isEqualTo(said);
  }
}
