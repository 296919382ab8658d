// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each right side is what {@code str(json.loads(left))} printed in Python 3. */
class PythonTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          null                       | None
          true                       | True
          false                      | False
          0                          | 0
          -0                         | 0
          -0.0                       | -0.0
          123456789012345678901234   | 123456789012345678901234
          1.0                        | 1.0
          0.1                        | 0.1
          1e3                        | 1000.0
          123456789.125              | 123456789.125
          1e15                       | 1000000000000000.0
          9999999999999998.0         | 9999999999999998.0
          1e16                       | 1e+16
          1.5e16                     | 1.5e+16
          1e22                       | 1e+22
          1.7976931348623157e308     | 1.7976931348623157e+308
          0.0001                     | 0.0001
          0.00001                    | 1e-05
          -1.25e-7                   | -1.25e-07
          5e-324                     | 5e-324
          2e-7                       | 2e-07
          1e400                      | inf
          -1e400                     | -inf
          "text"                     | text
          "it's"                     | it's
          ["x", "y"]                 | ['x', 'y']
          ["it's"]                   | ["it's"]
          ["\\"'"]                   | ['"\\'']
          ["a\\nb\\t\\\\"]           | ['a\\nb\\t\\\\']
          ["\\u0000\\u007f\\u00a0"]  | ['\\x00\\x7f\\xa0']
          ["é€😀"]                    | ['é€😀']
          ["\\u200b\\ufeff"]         | ['\\u200b\\ufeff']
          {}                         | {}
          []                         | []
          {"k": {"n": null}, "b": 1} | {'k': {'n': None}, 'b': 1}
          """)
  void isWhatPythonWrites(String json, String text) {
    assertThat(PythonText.of(JsonParser.parseString(json))).isEqualTo(text);
  }
}
