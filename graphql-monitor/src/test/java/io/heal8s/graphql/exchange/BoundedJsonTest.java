// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedJsonTest {

  private final BoundedJson json = new BoundedJson(3);

  private String read(String text) throws IOException {
    return json.read(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,{\"b\":null}],\"c\":true,\"d\":\"x\"}",
        "[1.0,1e400,-0,123456789012345678901234567890]",
        "\"\"",
        "null"
      })
  void everyValueIsReadAsItIsWritten(String text) throws IOException {
    assertThat(read(text)).isEqualTo(text);
  }

  @ParameterizedTest(name = "1 and {0} zeros")
  @ValueSource(ints = {63, 64, 65, 66, 300, 999})
  void aWholeNumberMayEndInManyZeros(int zeros) throws IOException {
    String number = "1" + "0".repeat(zeros);
    assertThat(read(number)).isEqualTo(number);
    assertThat(read("[-" + number + ",2]")).isEqualTo("[-" + number + ",2]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "01",
        "-",
        "1.",
        ".5",
        "+1",
        "NaN",
        "Infinity",
        "tru",
        "nul",
        "'a'",
        "{a:1}",
        "{\"a\":1,}",
        "[1,]",
        "[1",
        "{\"a\"}",
        "1 2",
        "// x\n1",
        "\"\t\"",
        "\"\\x\"",
        "]"
      })
  void whatIsNoJsonIsRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(BoundedJson.TooDeepException.class);
  }

  @Test
  void anotherEncodingIsRefused() {
    assertThatThrownBy(() -> json.read("\"ä\"".getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> json.read("[1]".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatIsTooDeepIsToldApart() throws IOException {
    assertThat(read("[[{}]]")).isEqualTo("[[{}]]");
    assertThatThrownBy(() -> read("[[[[]]]]")).isInstanceOf(BoundedJson.TooDeepException.class);
    assertThatThrownBy(() -> read("[[{\"a\":{}}]]"))
        .isInstanceOf(BoundedJson.TooDeepException.class);
    assertThatThrownBy(() -> read("[".repeat(100_000)))
        .isInstanceOf(BoundedJson.TooDeepException.class);
  }

  @Test
  void theLastOfTwoKeysCounts() throws IOException {
    assertThat(read("{\"a\":1,\"a\":2}")).isEqualTo("{\"a\":2}");
  }
}
