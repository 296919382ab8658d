// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PythonReprTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "1 | 1",
        "1.0 | 1.0",
        "1e2 | 100.0",
        "1e22 | 1e+22",
        "1.5e-7 | 1.5e-07",
        "0.0001 | 0.0001",
        "123456789012345678901234567890 | 123456789012345678901234567890",
        "true | True",
        "null | None",
        "\"a\" | 'a'",
        "\"it's\" | \"it's\"",
        "\"both ' and \\\"\" | 'both \\' and \"'",
        "\"line\\nbreak\" | 'line\\nbreak'",
        "\"\\u200b\\u00a0\\u007f\\u0085é\\ue000\" | '\\u200b\\xa0\\x7f\\x85é\\ue000'",
        "\"\\ud83d\\ude00\\udb40\\udc01\" | '\ud83d\ude00\\U000e0001'",
        "[1,\"a\",{\"b\":false}] | [1, 'a', {'b': False}]",
      })
  void repr(String json, String python) {
    assertThat(PythonRepr.of(JsonMapper.builder().build().readTree(json))).isEqualTo(python);
  }
}
