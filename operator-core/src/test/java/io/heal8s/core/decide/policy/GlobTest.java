// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.policy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GlobTest {

  record Example(String glob, String text, boolean matches, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Example> examples() {
    return Stream.of(
        new Example("shop", "shop", true, "plain text matches itself"),
        new Example("shop", "shop2", false, "the whole text must match"),
        new Example("", "", true, "nothing matches nothing"),
        new Example("", "a", false, "nothing matches only nothing"),
        new Example("*", "", true, "a star may be empty"),
        new Example("team-*", "team-a", true, "a star is any text"),
        new Example("apps/*/x.yaml", "apps/a/x.yaml", true, "a star is one segment"),
        new Example("apps/*/x.yaml", "apps/a/b/x.yaml", false, "a star crosses no slash"),
        new Example("apps/**", "apps/a/b/x.yaml", true, "two stars cross slashes"),
        new Example("apps/**/x.yaml", "apps/x.yaml", false, "the slashes around stars are needed"),
        new Example("***", "a/b", true, "three stars are no worse than two"),
        new Example("Kube?od", "KubePod", true, "a question mark is one character"),
        new Example("a?b", "a/b", false, "a question mark is no slash"),
        new Example("a?b", "ab", false, "a question mark is not empty"),
        new Example("a.b", "axb", false, "a dot is a dot"),
        new Example("[ab]", "a", false, "brackets mean nothing"),
        new Example("Shop", "shop", false, "case matters"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void matches(Example example) {
    assertThat(Glob.matches(example.glob(), example.text())).isEqualTo(example.matches());
  }

  @Property(tries = 3000)
  void isWhatTheRegularExpressionOfItMatches(
      @ForAll("globs") String glob, @ForAll("texts") String text) {
    assertThat(Glob.matches(glob, text)).isEqualTo(expression(glob).matcher(text).matches());
  }

  @Provide
  Arbitrary<String> globs() {
    return Arbitraries.strings().withChars("ab/*?.").ofMaxLength(7);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("ab/.").ofMaxLength(7);
  }

  private static Pattern expression(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  @Test
  @Timeout(value = 5, unit = SECONDS)
  void manyStarsDoNotTakeExponentialTime() {
    assertThat(Glob.matches("*a".repeat(120) + "b", "a".repeat(1000))).isFalse();
  }

  @Test
  void anyOfSeveralGlobsIsEnough() {
    assertThat(Glob.anyMatches(List.of("x", "sh*"), "shop")).isTrue();
    assertThat(Glob.anyMatches(List.of(), "shop")).isFalse();
  }
}
