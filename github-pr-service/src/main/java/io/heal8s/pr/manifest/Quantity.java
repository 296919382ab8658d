// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes resource quantity, e.g. {@code 512Mi} or {@code 250m}, compared by its amount
 * (Kubernetes API reference, "Quantity").
 *
 * @param amount the amount in bytes, cores or pieces
 */
public record Quantity(BigDecimal amount) implements Comparable<Quantity> {

  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3})?");

  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
          Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
          Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
          Map.entry("k", BigDecimal.ONE.movePointRight(3)),
          Map.entry("M", BigDecimal.ONE.movePointRight(6)),
          Map.entry("G", BigDecimal.ONE.movePointRight(9)),
          Map.entry("T", BigDecimal.ONE.movePointRight(12)),
          Map.entry("P", BigDecimal.ONE.movePointRight(15)),
          Map.entry("E", BigDecimal.ONE.movePointRight(18)),
          Map.entry("Ki", power(10)),
          Map.entry("Mi", power(20)),
          Map.entry("Gi", power(30)),
          Map.entry("Ti", power(40)),
          Map.entry("Pi", power(50)),
          Map.entry("Ei", power(60)));

  private static BigDecimal power(int exponent) {
    return BigDecimal.TWO.pow(exponent);
  }

  /** The quantity that a text means; empty when it means none. */
  public static Optional<Quantity> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    if (suffix == null) {
      return Optional.of(new Quantity(number));
    }
    BigDecimal factor = FACTORS.get(suffix);
    return Optional.of(
        new Quantity(
            factor == null
                ? number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)))
                : number.multiply(factor)));
  }

  /** Whether both texts are quantities of the same amount, e.g. {@code 1Gi} and {@code 1024Mi}. */
  public static boolean same(String one, String other) {
    Optional<Quantity> first = parse(one);
    Optional<Quantity> second = parse(other);
    return first.isPresent() && second.isPresent() && first.get().compareTo(second.get()) == 0;
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }
}
