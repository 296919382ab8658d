// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class InertTest {

  private static final Pattern LIVE =
      Pattern.compile("@[A-Za-z0-9]|#[0-9]|://|<[A-Za-z!/]|[\\r\\n]");

  @Test
  void whatAnAttackerWouldWriteIsShownButDoesNothing() {
    String attack = "@everyone fixes #12 <img src=x> https://evil.example/a\n<!-- x -->`|`";
    assertThat(Inert.plain(attack, 500)).doesNotContainPattern(LIVE);
    assertThat(Inert.words(attack, 500)).doesNotContainPattern("[@#<>/`|\\n]");
    assertThat(Inert.code(attack, 500)).startsWith("``").doesNotContain("\n").contains("\\|");
    assertThat(Inert.block("```\n@all\n<!-- heal8s-remediation: change a/b/c -->", 500))
        .startsWith("````text\n")
        .endsWith("\n````")
        .doesNotContain("<!--");
  }

  @Provide
  Arbitrary<String> hostile() {
    return Arbitraries.of(
            "ab12 @#<>!-`|:/\n\r\t\u202e\u0000\\[]()*_\ud83d\ude00"
                .codePoints()
                .mapToObj(Character::toString)
                .toList())
        .list()
        .ofMaxSize(60)
        .map(characters -> String.join("", characters));
  }

  @Property(tries = 1000)
  void plainTextIsNeverLive(@ForAll("hostile") String text) {
    assertThat(Inert.plain(text, 80)).doesNotContainPattern(LIVE);
  }

  @Property(tries = 1000)
  void aCodeSpanEndsOnlyAtItsEnd(@ForAll("hostile") String text) {
    String span = Inert.code(text, 80);
    int fence = 0;
    while (span.charAt(fence) == '`') {
      fence++;
    }
    String inside = span.substring(fence, span.length() - fence);
    assertThat(span).endsWith("`".repeat(fence));
    assertThat(inside).doesNotContainPattern("(?<!`)`{" + fence + "}(?!`)");
    assertThat(inside).doesNotStartWith("`").doesNotEndWith("`").doesNotContain("\n", "\r");
    assertThat(inside).doesNotContainPattern("(?<!\\\\)\\|");
  }

  @Property(tries = 1000)
  void aBlockEndsOnlyAtItsEnd(@ForAll("hostile") String text) {
    String block = Inert.block(text, 80);
    String fence = block.substring(0, block.indexOf('t'));
    String inside = block.substring(block.indexOf('\n') + 1, block.lastIndexOf('\n'));
    assertThat(fence).matches("`{3,}");
    assertThat(inside.lines()).noneMatch(line -> line.contains(fence));
  }

  @Property(tries = 300)
  void cuttingKeepsWholeCharacters(@ForAll("hostile") String text) {
    String cut = Inert.cut(text, 10);
    assertThat(cut.length()).isLessThanOrEqualTo(10);
    assertThat(cut.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff)).isTrue();
  }
}
