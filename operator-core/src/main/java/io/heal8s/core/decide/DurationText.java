// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as custom resources write them: Go syntax ({@code 1h30m}, {@code 1.5h}), also with d
 * for 24 hours. Negative ones have no meaning anywhere here and are not read.
 */
public final class DurationText {

  // Go writes both the micro sign and the Greek letter, and lets either side of the dot be empty.
  private static final Pattern PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h|d)");

  /** Longer texts are not read: numbers of a million digits only cost time. */
  private static final int MAX_LENGTH = 128;

  private DurationText() {}

  /**
   * Reads a duration.
   *
   * @param text e.g. {@code 24h}; null or unreadable gives empty
   */
  public static Optional<Duration> parse(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    if (text.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher part = PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (at < text.length() && part.find(at) && part.start() == at) {
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(nanosOf(part.group(2))));
      at = part.end();
    }
    if (at != text.length() || nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofNanos(nanos.longValue()));
  }

  /**
   * Writes a duration as people write it in a custom resource, e.g. {@code 24h} or {@code 1h30m}.
   *
   * @param duration 0 or more; what is below a second is not shown
   */
  public static String text(Duration duration) {
    StringBuilder text = new StringBuilder();
    part(text, duration.toHours(), 'h');
    part(text, duration.toMinutesPart(), 'm');
    part(text, duration.toSecondsPart(), 's');
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void part(StringBuilder text, long amount, char unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }

  private static BigDecimal nanosOf(String unit) {
    return switch (unit) {
      case "ns" -> BigDecimal.ONE;
      case "us", "\u00b5s", "\u03bcs" -> BigDecimal.valueOf(1_000L);
      case "ms" -> BigDecimal.valueOf(1_000_000L);
      case "s" -> BigDecimal.valueOf(1_000_000_000L);
      case "m" -> BigDecimal.valueOf(60_000_000_000L);
      case "h" -> BigDecimal.valueOf(3_600_000_000_000L);
      default -> BigDecimal.valueOf(86_400_000_000_000L);
    };
  }
}
