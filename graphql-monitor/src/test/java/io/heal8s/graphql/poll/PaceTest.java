// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When and how often, without any clock. */
class PaceTest {

  private static final long SECOND = 1_000_000_000L;
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  @Test
  void theRateIsFixedWhateverAPollTakes() {
    Pace pace = new Pace(new Random(1), 0);
    long now = 0;
    for (int poll = 1; poll <= 1000; poll++) {
      long next = pace.next(INTERVAL, now + 4 * SECOND);
      assertThat(next)
          .as("poll %d is near its place, however late the one before ended", poll)
          .isBetween(poll * 30 * SECOND - SECOND / 2, poll * 30 * SECOND + SECOND / 2);
      now = next;
    }
  }

  @Test
  void manyAppsOfOneIntervalDoNotStayInStep() {
    Random random = new Random(1);
    List<Long> times = new ArrayList<>();
    for (int app = 0; app < 100; app++) {
      times.add(new Pace(random, 0).next(INTERVAL, 0));
    }
    assertThat(times.stream().distinct().count()).isGreaterThan(90);
  }

  @Test
  void whatHadToBeginTogetherIsSeparatedByTheSecondPoll() {
    Random random = new Random(1);
    int[] perFifth = new int[5];
    for (int app = 0; app < 1000; app++) {
      Pace pace = new Pace(random, 0);
      pace.separate(Duration.ofSeconds(3), INTERVAL);
      long second = pace.next(INTERVAL, 0);
      assertThat(second).isBetween(0L, 31 * SECOND);
      perFifth[(int) Math.min(4, second / (6 * SECOND))]++;
      assertThat(pace.next(INTERVAL, second) - second)
          .as("and then every interval")
          .isBetween(29 * SECOND, 31 * SECOND);
    }
    for (int fifth : perFifth) {
      assertThat(fifth).isBetween(140, 260);
    }
  }

  @Test
  void whatWasMissedIsNotMadeUpFor() {
    Pace pace = new Pace(new Random(1), 0);
    long next = pace.next(INTERVAL, 200 * SECOND);
    assertThat(next).isBetween(209 * SECOND, 211 * SECOND);
    assertThat(pace.next(INTERVAL, next)).isBetween(239 * SECOND, 241 * SECOND);
  }

  @ParameterizedTest(name = "{0} per minute: {1} at once, {2} in the next minute")
  @CsvSource({"1,10,1", "12,10,12", "60,10,60", "100,16,100", "1000,166,1000"})
  void theBudgetBinds(int perMinute, int atOnce, int inAMinute) {
    RequestBudget budget = new RequestBudget(perMinute, 0);
    assertThat(taken(budget, 0)).isEqualTo(atOnce);
    int later = 0;
    for (long at = 0; at <= 60 * SECOND; at += SECOND / 10) {
      later += taken(budget, at);
    }
    assertThat(later).isBetween(inAMinute - 1, inAMinute);
  }

  private static int taken(RequestBudget budget, long now) {
    int taken = 0;
    while (budget.take(1, now)) {
      taken++;
    }
    return taken;
  }

  @Test
  void aDeadEndpointIsAskedLessAndLess() {
    Circuit circuit = new Circuit();
    List<Long> pauses = new ArrayList<>();
    for (int poll = 0; poll < 10; poll++) {
      circuit.failed();
      pauses.add(circuit.pause(INTERVAL).toSeconds());
    }
    assertThat(pauses).containsExactly(30L, 30L, 30L, 60L, 120L, 240L, 300L, 300L, 300L, 300L);
    assertThat(circuit.attempts(3)).as("and not repeatedly").isEqualTo(1);
    circuit.close();
    assertThat(circuit.pause(INTERVAL)).isEqualTo(INTERVAL);
    assertThat(circuit.attempts(3)).isEqualTo(4);
  }

  @Test
  void aLongIntervalIsNeverMadeLonger() {
    Circuit circuit = new Circuit();
    for (int poll = 0; poll < 20; poll++) {
      circuit.failed();
    }
    assertThat(circuit.pause(Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void pausesBetweenRequestsGrowAndHeedTheServer() {
    RetryPause pause = new RetryPause(new Random(1));
    assertThat(pause.after(1, null)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(pause.after(3, null)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
    assertThat(pause.after(10, null)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    assertThat(pause.after(1, Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
  }
}
