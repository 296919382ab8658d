// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarTypeTest {

  @ParameterizedTest(name = "{0} is {1}: {2}")
  @CsvSource({
    "512Mi, STRING, quantities with a unit are texts",
    "nginx:1.25, STRING, an image",
    "1.25.3, STRING, a version of three parts",
    "v1, STRING, a version with a letter",
    "-, STRING, a dash",
    "12, INTEGER, a number",
    "-3, INTEGER, a negative number",
    "0, INTEGER, zero",
    "1.25, NUMBER, a version of two parts is read as a number",
    "1e3, NUMBER, an exponent",
    "~, NULL, null of YAML",
    "null, NULL, null in letters",
    "true, BOOLEAN, the one boolean of all versions",
    "on, AMBIGUOUS, a boolean of YAML 1.1",
    "n, AMBIGUOUS, a boolean of YAML 1.1",
    "010, AMBIGUOUS, eight or ten",
    "0o10, AMBIGUOUS, eight in YAML 1.2",
    "0x1F, AMBIGUOUS, hexadecimal",
    "1_000, AMBIGUOUS, digit groups of YAML 1.1",
    "22:22, AMBIGUOUS, base 60 of YAML 1.1",
    "2025-01-02, AMBIGUOUS, a date of YAML 1.1",
    ".inf, AMBIGUOUS, infinity",
    "<<, AMBIGUOUS, the merge key"
  })
  void plainTexts(String text, ScalarType type, String because) {
    assertThat(ScalarType.ofPlain(text)).as(because).isEqualTo(type);
    assertThat(ScalarType.of(null, false, text)).as("in quotes").isEqualTo(ScalarType.STRING);
  }
}
