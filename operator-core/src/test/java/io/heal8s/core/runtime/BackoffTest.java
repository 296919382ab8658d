// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void windowDoublesFromTwoSecondsToFiveMinutes() {
    List<Long> windows = new ArrayList<>();
    for (int failures = 1; failures <= 10; failures++) {
      windows.add(Backoff.window(failures).toSeconds());
    }
    assertThat(windows).containsExactly(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);
  }

  @Test
  void tenThousandFailuresInARowNeverShortenTheWait() {
    for (double draw : new double[] {0, 0.001, 0.5, 0.999999}) {
      Backoff backoff = new Backoff(always(draw));
      Duration last = Duration.ZERO;
      for (int failures = 1; failures <= 10_000; failures++) {
        Duration wait = backoff.wait(failures);
        assertThat(wait).as("failure %d, draw %s", failures, draw).isGreaterThanOrEqualTo(last);
        last = wait;
      }
    }
  }

  @Test
  void waitsAreSpreadOverTheWholeWindowAtTheCap() {
    Backoff backoff = new Backoff(new Random(7));
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      waits.add(backoff.wait(64 + i));
    }
    assertThat(waits).allMatch(wait -> wait.compareTo(Backoff.BASE) >= 0);
    assertThat(waits).allMatch(wait -> wait.compareTo(Backoff.CAP) <= 0);
    for (int tenth = 0; tenth < 10; tenth++) {
      long from = 1000 + tenth * 29_900L;
      assertThat(waits)
          .as("because full jitter leaves no part of the window empty (part %d)", tenth)
          .filteredOn(wait -> wait.toMillis() >= from && wait.toMillis() < from + 29_900)
          .hasSizeBetween(800, 1200);
    }
  }

  @Property
  void everyWaitLiesBetweenTheBaseAndItsWindow(
      @ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int failures,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double draw) {
    assertThat(new Backoff(always(draw)).wait(failures))
        .isBetween(Backoff.BASE, Backoff.window(failures));
  }

  @Test
  void countBelowOneIsABug() {
    assertThatIllegalArgumentException().isThrownBy(() -> Backoff.window(0));
  }

  static RandomGenerator always(double draw) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public double nextDouble() {
        return draw;
      }
    };
  }
}
