// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuantityTextTest {

  record Example(@Nullable String text, @Nullable String expected, String because) {
    @Override
    public String toString() {
      return because + ": " + text;
    }
  }

  static Stream<Example> examples() {
    return Stream.of(
        new Example("256Mi", "268435456", "binary suffix"),
        new Example("1.5Gi", "1610612736", "a fraction of a binary unit"),
        new Example("128M", "128000000", "decimal suffix"),
        new Example("0.001Ei", "1152921504606846.976", "exact, where the client would round"),
        new Example("500m", "0.5", "thousandths"),
        new Example("2u", "0.000002", "millionths"),
        new Example("3n", "0.000000003", "billionths"),
        new Example("1E", "1000000000000000000", "E alone is exa"),
        new Example("1E3", "1000", "E and digits are an exponent"),
        new Example("12e-1", "1.2", "exponents may be negative"),
        new Example("+4", "4", "a sign is allowed"),
        new Example("-4Ki", "-4096", "negative ones are read; who needs positive ones checks"),
        new Example("5.", "5", "an empty fraction is allowed"),
        new Example(".5", "0.5", "an empty whole part is allowed"),
        new Example("0", "0", "zero"),
        new Example(null, null, "absent is no quantity"),
        new Example("", null, "empty is no quantity"),
        new Example(".", null, "a dot is no number"),
        new Example("2 Gi", null, "no blanks"),
        new Example("2GB", null, "GB is no suffix of Kubernetes"),
        new Example("2gi", null, "suffixes are case-sensitive"),
        new Example("2K", null, "the decimal kilo is a small k"),
        new Example("25abc", null, "trailing garbage is refused"),
        new Example("1e999999999", null, "an exponent that would take hours to multiply out"),
        new Example("9".repeat(40), null, "more digits than any quantity has"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isRead(Example example) {
    assertThat(QuantityText.parse(example.text()).map(BigDecimal::toPlainString).orElse(null))
        .satisfies(
            value -> {
              if (example.expected() == null) {
                assertThat(value).isNull();
              } else {
                assertThat(new BigDecimal(value)).isEqualByComparingTo(example.expected());
              }
            });
  }

  record Binary(long bytes, String expected, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Binary> binaries() {
    return Stream.of(
        new Binary(320L << 20, "320Mi", "the largest suffix that leaves a whole number"),
        new Binary(1536L << 20, "1536Mi", "not 1.5Gi, as Kubernetes writes it"),
        new Binary(2L << 30, "2Gi", "2048Mi is 2Gi"),
        new Binary(1000, "1000", "no suffix fits"),
        new Binary(0, "0", "zero has no suffix"),
        new Binary(1L << 60, "1Ei", "the largest suffix"));
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void isWritten(Binary example) {
    assertThat(QuantityText.binary(BigInteger.valueOf(example.bytes())))
        .isEqualTo(example.expected());
  }

  @Property
  void whatIsWrittenIsReadBack(@ForAll @LongRange(min = 0) long bytes) {
    String text = QuantityText.binary(BigInteger.valueOf(bytes));
    assertThat(QuantityText.parse(text))
        .hasValueSatisfying(
            value -> assertThat(value).isEqualByComparingTo(BigDecimal.valueOf(bytes)));
  }

  @Property
  void meansWhatTheOfficialClientReads(@ForAll("quantities") String text) {
    assertThat(QuantityText.parse(text).orElseThrow())
        .isEqualByComparingTo(Quantity.fromString(text).getNumber());
  }

  /** The client rounds to 16 digits, so only quantities of fewer digits can be compared. */
  @Provide
  Arbitrary<String> quantities() {
    Arbitrary<String> number =
        Arbitraries.bigDecimals()
            .between(BigDecimal.ZERO, BigDecimal.valueOf(99))
            .ofScale(1)
            .map(BigDecimal::toPlainString);
    Arbitrary<String> suffix =
        Arbitraries.of(
            "", "Ki", "Mi", "Gi", "Ti", "n", "u", "m", "k", "M", "G", "T", "P", "E", "e3", "E-3");
    return Combinators.combine(number, suffix).as(String::concat);
  }

  @Property
  void noTextBreaksIt(@ForAll String text) {
    assertThat(QuantityText.sameValue(text, text)).isTrue();
  }

  record Pair(@Nullable String one, @Nullable String other, boolean same, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Pair> pairs() {
    return Stream.of(
        new Pair("2Gi", "2048Mi", true, "spelling does not matter"),
        new Pair("1000m", "1", true, "nor does the unit"),
        new Pair("2Gi", "2G", false, "binary and decimal differ"),
        new Pair("a", "a", true, "texts that are no quantities are compared as they are"),
        new Pair("a", "1", false, "one of them is no quantity"),
        new Pair(null, null, true, "absent is absent"),
        new Pair(null, "0", false, "absent is not zero"));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void isComparedByValue(Pair pair) {
    assertThat(QuantityText.sameValue(pair.one(), pair.other())).isEqualTo(pair.same());
  }
}
