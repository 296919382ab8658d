// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "1Gi, 1024Mi, binary units",
    "0.5Gi, 512Mi, fractions",
    ".5, 500m, a fraction without whole part",
    "1, 1000m, thousandths",
    "1e3, 1k, exponents",
    "1E3, 1000, exponents in capitals",
    "1E, 1e18, E without digits is exa",
    "1M, 1000k, decimal units",
    "134217728, 128Mi, plain bytes",
    "5u, 5000n, millionths"
  })
  void equalAmounts(String one, String other, String because) {
    assertThat(Quantity.same(one, other)).as(because).isTrue();
  }

  @ParameterizedTest(name = "{0} < {1}")
  @CsvSource({"1M, 1Mi", "999Mi, 1Gi", "100m, 1", "1Gi, 1Ti", "-1, 0", "1e3, 1Ki"})
  void orderIsByAmount(String less, String more) {
    assertThat(Quantity.parse(less).orElseThrow()).isLessThan(Quantity.parse(more).orElseThrow());
    assertThat(Quantity.same(less, more)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "lots", "1 Gi", "1gi", "1KB", "Gi", "1e", "1e9999", "1.2.3", "0x10", "1_000"
      })
  void otherTextsAreNoQuantities(String text) {
    assertThat(Quantity.parse(text)).isEmpty();
    assertThat(Quantity.same(text, text)).isFalse();
  }
}
