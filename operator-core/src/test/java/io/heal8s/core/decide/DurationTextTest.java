// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DurationTextTest {

  record Example(@Nullable String text, @Nullable Duration expected, String because) {
    @Override
    public String toString() {
      return because + ": " + text;
    }
  }

  static Stream<Example> examples() {
    return Stream.of(
        new Example("24h", Duration.ofHours(24), "hours"),
        new Example("1h30m", Duration.ofMinutes(90), "parts are added"),
        new Example("1.5h", Duration.ofMinutes(90), "fractions are allowed"),
        new Example(".5s", Duration.ofMillis(500), "Go lets the whole part be empty"),
        new Example("1.s", Duration.ofSeconds(1), "Go lets the fraction be empty"),
        new Example("30d", Duration.ofDays(30), "days are ours, Go has none"),
        new Example("100ms", Duration.ofMillis(100), "ms is not m and s"),
        new Example("3us", Duration.ofNanos(3_000), "microseconds in ASCII"),
        new Example("3\u00b5s", Duration.ofNanos(3_000), "microseconds with the micro sign"),
        new Example("3\u03bcs", Duration.ofNanos(3_000), "microseconds with the Greek letter"),
        new Example("7ns", Duration.ofNanos(7), "nanoseconds"),
        new Example("0s", Duration.ZERO, "zero with a unit"),
        new Example("0", Duration.ZERO, "zero is the only number without a unit"),
        new Example(null, null, "absent is not readable"),
        new Example("", null, "empty is not readable"),
        new Example("10", null, "a number needs a unit"),
        new Example("h", null, "a unit needs a number"),
        new Example("10m ", null, "trailing garbage is refused"),
        new Example("x10m", null, "leading garbage is refused"),
        new Example("10m5", null, "every part needs a unit"),
        new Example("-5m", null, "nothing here can wait a negative time"),
        new Example("1H", null, "units are lower-case"),
        new Example("1w", null, "weeks are no unit"),
        new Example("300000000h", null, "more than 292 years do not fit"),
        new Example("9".repeat(200) + "h", null, "a long text only costs time"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isRead(Example example) {
    assertThat(DurationText.parse(example.text()))
        .isEqualTo(Optional.ofNullable(example.expected()));
  }

  @Property
  void whatIsWrittenIsReadBack(@ForAll @IntRange(min = 0) int seconds) {
    Duration duration = Duration.ofSeconds(seconds);
    assertThat(DurationText.parse(DurationText.text(duration))).contains(duration);
  }

  @Test
  void isWrittenAsPeopleWriteIt() {
    assertThat(DurationText.text(Duration.ofHours(24))).isEqualTo("24h");
    assertThat(DurationText.text(Duration.ofMinutes(90))).isEqualTo("1h30m");
    assertThat(DurationText.text(Duration.ofMillis(5))).isEqualTo("0s");
  }

  @Property
  void nanosecondsAreExact(@ForAll @LongRange(min = 0) long nanos) {
    String text = nanos / 1_000_000_000 + "s" + nanos % 1_000_000_000 + "ns";
    assertThat(DurationText.parse(text)).contains(Duration.ofNanos(nanos));
  }

  @Property
  void noTextBreaksIt(@ForAll String text) {
    assertThat(DurationText.parse(text).orElse(Duration.ZERO))
        .isGreaterThanOrEqualTo(Duration.ZERO);
  }
}
