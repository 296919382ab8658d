// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Quantities as Kubernetes writes them ({@code 256Mi}, {@code 1.5G}, {@code 500m}, {@code 1e3}),
 * read exactly. Length and exponent are bounded, because the text may come from people who would
 * like us to compute for an hour.
 */
public final class QuantityText {

  /** The largest quantity that Kubernetes keeps exactly: 2^63 - 1. */
  public static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  // Digits, then one of: binary suffix, decimal suffix, exponent. "1E" is exa, "1E3" an exponent.
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:[0-9]{1,32}(?:\\.[0-9]{0,32})?|\\.[0-9]{1,32}))"
              + "(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?[0-9]{1,2}))?");

  private static final List<String> BINARY_SUFFIXES =
      List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

  // Nano to exa, three powers of ten apart; the blank stands for "no suffix".
  private static final String DECIMAL_SUFFIXES = "num kMGTPE";

  private QuantityText() {}

  /**
   * Reads a quantity.
   *
   * @param text e.g. {@code 256Mi}; null, unreadable or longer than any sensible quantity gives
   *     empty
   * @return the exact value in base units (bytes, cores, pieces), may be negative
   */
  public static Optional<BigDecimal> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(form.group(1));
    if (form.group(2) != null) {
      BigInteger unit = BigInteger.TWO.pow(10 * BINARY_SUFFIXES.indexOf(form.group(2)));
      return Optional.of(number.multiply(new BigDecimal(unit)));
    }
    if (form.group(3) != null) {
      int power = 3 * (DECIMAL_SUFFIXES.indexOf(form.group(3)) - DECIMAL_SUFFIXES.indexOf(' '));
      return Optional.of(number.scaleByPowerOfTen(power));
    }
    String exponent = form.group(4);
    return Optional.of(
        exponent == null ? number : number.scaleByPowerOfTen(Integer.parseInt(exponent)));
  }

  /**
   * Whether two texts mean the same quantity; texts that are no quantities are compared as they
   * are.
   */
  public static boolean sameValue(@Nullable String one, @Nullable String other) {
    if (one == null || other == null) {
      return one == null && other == null;
    }
    Optional<BigDecimal> first = parse(one);
    Optional<BigDecimal> second = parse(other);
    if (first.isPresent() && second.isPresent()) {
      return first.get().compareTo(second.get()) == 0;
    }
    return one.equals(other);
  }

  /**
   * Canonical text of a whole number of bytes: the largest binary suffix that leaves a whole
   * number, e.g. {@code 1536Mi} and not {@code 1.5Gi}, as Kubernetes itself writes it.
   *
   * @param bytes 0 or more
   */
  public static String binary(BigInteger bytes) {
    BigInteger mantissa = bytes;
    int suffix = 0;
    while (mantissa.signum() > 0
        && suffix < BINARY_SUFFIXES.size() - 1
        && mantissa.getLowestSetBit() >= 10) {
      mantissa = mantissa.shiftRight(10);
      suffix++;
    }
    return mantissa + BINARY_SUFFIXES.get(suffix);
  }
}
