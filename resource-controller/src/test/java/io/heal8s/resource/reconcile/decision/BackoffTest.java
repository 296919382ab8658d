// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static final double NO_JITTER = 0.5;

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 2",
    "3, 4",
    "4, 8",
    "10, 512",
    "11, 1024",
    "12, 1024",
    "2147483647, 1024"
  })
  void oneTwoFourMinutesUpTo1024(int failures, int minutes) {
    assertThat(Backoff.DEFAULT.after(failures, NO_JITTER)).isEqualTo(Duration.ofMinutes(minutes));
  }

  @Property
  void jitterStaysWithinItsShare(
      @ForAll @IntRange(min = 1, max = 100) int failures,
      @ForAll @DoubleRange(min = 0, max = 0.99) double draw) {
    Duration middle = Backoff.DEFAULT.after(failures, NO_JITTER);
    assertThat(Backoff.DEFAULT.after(failures, draw))
        .isBetween(middle.multipliedBy(9).dividedBy(10), middle.multipliedBy(11).dividedBy(10));
  }

  @org.junit.jupiter.api.Test
  void nonsenseIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofMinutes(1), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofMinutes(2), Duration.ofMinutes(1), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(1), 1.5));
  }
}
