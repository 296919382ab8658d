// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.heal8s.graphql.change.StatePath.Step;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the text of a path is read: every text is a path. */
class StatePathTest {

  // Steps are told as keys in angles and positions as they are.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a                      | <a>
          a.b.c                  | <a><b><c>
          a[0]                   | <a>0
          a[0][12].b             | <a>0 12<b>
          [3]                    | 3
          a["x.y"]               | <a><x.y>
          a['x.y'].b             | <a><x.y><b>
          ["x.y"][0]             | <x.y>0
          a."x.y".b              | <a><x.y><b>
          "x.y"[0]               | <x.y>0
          a["it's"]              | <a><it's>
          a['say "hi"']          | <a><say "hi">
          a['it\\'s']            | <a><it's>
          a["\\"\\\\\\/\\u00e9"] | <a><"\\/é>
          a[""]                  | <a><>
          a.                     | <a><>
          .a                     | <><a>
          a..b                   | <a><><b>
          a[b]                   | <a[b]>
          a[-1]                  | <a[-1]>
          a[1234567890]          | <a[1234567890]>
          a[0]b                  | <a[0]b>
          a[                     | <a[>
          a[]                    | <a[]>
          ["a                    | <["a>
          ["a'].b                | <["a']><b>
          ["\\q"]                | <["\\q"]>
          ["\\u00g0"]            | <["\\u00g0"]>
          a."b                   | <a><"b>
          a."b"c                 | <a><"b"c>
          a.b"c"                 | <a><b"c">
          é.日本                   | <é><日本>
          """)
  void isReadFromLeftToRight(String text, String steps) {
    assertThat(told(StatePath.parse(text))).isEqualTo(steps);
  }

  @Test
  void aKeyAsLongAsAnEndpointMayHaveIsRead() {
    String key = "\"[".repeat(25_000);
    StatePath path = StatePath.parse(StatePath.child("", key, true));

    assertThat(path.steps()).containsExactly(new Step.Key(key));
    assertThat(StatePath.parse("[\"".repeat(25_000)).steps()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a.b      | <a.b>
          a.b.c.d  | <a.b><c.d>
          n.x      | <n><x>
          n.x[1]   | <n><x>1
          a.c      | ``
          n.x[2]   | ``
          """)
  void stepsInAStateAreItsKeys(String text, String steps) {
    JsonElement state =
        JsonParser.parseString("{\"a.b\":{\"c.d\":1},\"n\":{\"x\":[1,2]},\"n.x\":5}");
    StatePath path = StatePath.parse(text);

    assertThat(told(new StatePath(text, path.stepsIn(state)))).isEqualTo(steps);
  }

  @Test
  void aPlainSpellingIsNotJoinedWithoutEnd() {
    JsonObject state = new JsonObject();
    String longest = "a.".repeat(StatePath.LONGEST_PLAIN / 2 - 1) + "bb";
    state.add(longest, new JsonPrimitive(1));
    String longer = "c." + longest + "." + longest;
    state.add(longer, new JsonPrimitive(2));

    assertThat(StatePath.parse(longest).read(state)).isNotNull();
    assertThat(StatePath.parse(longer).read(state)).isNull();
    assertThat(StatePath.parse("[\"" + longer + "\"]").read(state)).isNotNull();
  }

  private static String told(StatePath path) {
    return path.steps().stream()
        .map(
            step ->
                switch (step) {
                  case Step.Key(String name) -> "<" + name + ">";
                  case Step.Index(int position) -> " " + position;
                })
        .collect(Collectors.joining())
        .replace("> ", ">")
        .strip();
  }
}
