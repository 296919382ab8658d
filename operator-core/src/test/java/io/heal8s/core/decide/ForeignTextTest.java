// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignTextTest {

  record Example(String text, String shown, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Example> examples() {
    return Stream.of(
        new Example("api", "api", "plain text stays"),
        new Example("größe ✓ 😀", "größe ✓ 😀", "so does any visible text"),
        new Example("a\nspec:\r\tb", "a?spec:??b", "no text adds a line"),
        new Example("a\u2028b\u2029c", "a?b?c", "nor with Unicode's line ends"),
        new Example("a\u202eb\u200b", "a?b?", "nor hides or turns what follows"),
        new Example("x".repeat(128), "x".repeat(128), "as long as allowed"),
        new Example("x".repeat(129), "x".repeat(127) + "…", "one longer than allowed"),
        new Example("x".repeat(126) + "😀😀", "x".repeat(126) + "…", "no character is cut in half"),
        new Example("", "", "nothing is nothing"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isShownOnOneLine(Example example) {
    assertThat(ForeignText.line(example.text())).isEqualTo(example.shown());
  }

  @Test
  void mayBeShownWhole() {
    assertThat(ForeignText.visible("x".repeat(500) + "\n\u202e😀"))
        .isEqualTo("x".repeat(500) + "??😀");
  }

  @Property
  void aCutFitsAndIsStillText(@ForAll String text, @ForAll @IntRange(min = 1, max = 40) int max) {
    String cut = ForeignText.cut(text, max);
    assertThat(cut.length()).isLessThanOrEqualTo(max);
    String visible = "ab😀".repeat(20);
    String shown = ForeignText.cut(visible, max);
    assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(shown);
  }
}
