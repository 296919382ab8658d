// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpecConversionTest {

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nothing is said     | {}  | {\"a\":1,\"b\":[2.5,null]} | {\"a\":1,\"b\":[2.5,null]}",
        "a field is renamed  | {\"set\":{\"size_gb\":\"self.storage_gb\"},\"remove\":[\"storage_gb\"]} | {\"storage_gb\":500,\"x\":\"y\"} | {\"x\":\"y\",\"size_gb\":500}",
        "parents are made    | {\"set\":{\"storage.size_gb\":\"self.gb\"},\"remove\":[\"gb\"]} | {\"gb\":5} | {\"storage\":{\"size_gb\":5}}",
        "a part goes         | {\"remove\":[\"storage.size_gb\",\"none.there\"]} | {\"storage\":{\"size_gb\":5,\"kind\":\"ssd\"}} | {\"storage\":{\"kind\":\"ssd\"}}",
        "null leaves it out  | {\"set\":{\"tier\":\"has(self.ha) ? 'multi' : dyn(null)\"}} | {} | {}",
        "a field that may miss | {\"set\":{\"b\":\"has(self.a) ? self.a : null\"},\"remove\":[\"a\"]} | {\"a\":1} | {\"b\":1}",
        "and does            | {\"set\":{\"b\":\"has(self.a) ? self.a : null\"},\"remove\":[\"a\"]} | {\"c\":1} | {\"c\":1}",
        "a choice            | {\"set\":{\"tier\":\"self.ha ? 'multi' : 'single'\"},\"remove\":[\"ha\"]} | {\"ha\":true} | {\"tier\":\"multi\"}",
        "all see the old one | {\"set\":{\"a\":\"self.b\",\"b\":\"self.a\"}} | {\"a\":1,\"b\":2} | {\"a\":2,\"b\":1}",
        "whole numbers stay  | {\"set\":{\"mb\":\"self.gb * 1024\"}} | {\"gb\":2} | {\"gb\":2,\"mb\":2048}",
        "numbers of both     | {\"set\":{\"big\":\"self.gb > 1.5\"}} | {\"gb\":2} | {\"gb\":2,\"big\":true}",
        "lists and maps      | {\"set\":{\"tags\":\"self.names.map(n, {'name': n, 'size': size(n)})\"},\"remove\":[\"names\"]} | {\"names\":[\"ab\"]} | {\"tags\":[{\"name\":\"ab\",\"size\":2}]}",
      })
  void whatARuleMakesOfASpec(String because, String rule, String spec, String expected)
      throws ConversionException {
    JsonNode before = json(spec);
    assertThat(SpecConversion.compile(json(rule)).applied(before))
        .as(because)
        .isEqualTo(json(expected));
    assertThat(before).as("the given one").isEqualTo(json(spec));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[]                            | a rule is",
        "{\"sets\":{}}                 | a rule is",
        "{\"set\":[]}                  | a rule is",
        "{\"remove\":\"a\"}            | a rule is",
        "{\"set\":{\"a\":5}}           | a: the expression must be a text",
        "{\"set\":{\"a..b\":\"1\"}}    | 'a..b' is no path",
        "{\"remove\":[\"\"]}           | '' is no path",
        "{\"set\":{\"a\":\"self.\"}}   | a: ",
        "{\"set\":{\"a\":\"other.b\"}} | a: ",
      })
  void whatIsNoRule(String rule, String message) {
    assertThatThrownBy(() -> SpecConversion.compile(json(rule)))
        .isInstanceOf(ConversionException.class)
        .hasMessageStartingWith(message)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"set\":{\"a\":\"self.none\"}}                     | a: ",
        "{\"set\":{\"a\":\"timestamp('2026-01-01T00:00:00Z')\"}} | a: gives a value that JSON has no form for",
        "{\"set\":{\"a\":\"{1: 2}\"}}                        | a: gives a key that is no text",
        "{\"set\":{\"text.a\":\"1\"}}                        | text.a: there is something else on its way",
      })
  void whatCannotBeDoneIsSaid(String rule, String message) throws ConversionException {
    SpecConversion conversion = SpecConversion.compile(json(rule));
    assertThatThrownBy(() -> conversion.applied(json("{\"text\":\"x\"}")))
        .isInstanceOf(ConversionException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aRuleCannotRunForEver() throws ConversionException {
    SpecConversion conversion =
        SpecConversion.compile(
            json(
                "{\"set\":{\"n\":\"size(self.l.filter(a, self.l.exists(b, self.l.exists(c, a + b + c < 0))))\"}}"));
    StringBuilder list = new StringBuilder("{\"l\":[0");
    list.append(",1".repeat(300)).append("]}");
    assertThatThrownBy(() -> conversion.applied(json(list.toString())))
        .isInstanceOf(ConversionException.class)
        .hasMessageStartingWith("n: ");
  }
}
