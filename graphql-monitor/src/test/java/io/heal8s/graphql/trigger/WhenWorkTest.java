// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heal8s.graphql.trigger.WhenExpression.UnusableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An expression takes no more memory and time than anybody may have of the process. */
class WhenWorkTest {

  private static final int ITEMS = 5_000;

  private final Moment moment = new Moment(state(), state(), List.of(), false, true, Instant.EPOCH);

  private static JsonObject state() {
    JsonArray items = new JsonArray();
    for (int i = 0; i < ITEMS; i++) {
      JsonObject item = new JsonObject();
      item.addProperty("state", i % 10 == 0 ? "bad" : "ok");
      item.addProperty("text", "a".repeat(100) + i);
      items.add(item);
    }
    JsonObject state = new JsonObject();
    state.addProperty("long", "a".repeat(100_000));
    state.add("items", items);
    return state;
  }

  private boolean holds(String text) throws UnusableException {
    return WhenExpression.compile(text).holds(moment, new CelValues());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state.items.exists(i, i.state == 'bad')",
        "size(state.items.filter(i, i.state == 'bad')) == 500",
        "state.items.map(i, i.state).filter(s, s != 'ok') != ['ok']",
        "state.items.all(i, i.text.matches('^a+[0-9]{1,4}$'))",
        "state.items.exists(i, i.state in ['worse', 'bad'] && i.text.contains('aa4'))",
        "state == oldState && !initial",
        "state.items[0].text + '!' != 'a' && ['a'] + ['b'] == ['a', 'b']",
      })
  void whatPeopleWriteIsFarFromTheEnd(String text) throws UnusableException {
    assertThat(holds(text)).isTrue();
  }

  private void assertRefused(String text) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> holds(text))
                .isInstanceOf(UnusableException.class)
                .hasMessageContaining("too much work"));
  }

  @Test
  void aTextThatDoublesAgainAndAgain() {
    assertRefused("['aaaaaaaaaaaaaaaaa']" + ".map(a, a + a)".repeat(40) + " == []");
  }

  @Test
  void aListThatDoublesAgainAndAgain() {
    assertRefused("[[1, 2]]" + ".map(a, a + a)".repeat(60) + " == []");
  }

  @Test
  void aTreeOfTheSameBranches() {
    String tree = "[1]" + ".map(a, [a, a])".repeat(60);
    assertRefused(tree + " == " + tree);
  }

  @Test
  void listsOfTheSameLists() {
    String nested = "[state].map(a, state.items.map(b, a)).map(a, state.items.map(b, a))";
    assertRefused(nested + " == " + nested);
  }

  @Test
  void manyPatternsInALongText() {
    assertRefused("state.items.exists(i, state.long.matches('(a?){20}b'))");
  }

  @Test
  void aPatternOfManyCopies() {
    assertRefused("state.long.matches('" + "a{900}".repeat(500) + "')");
  }

  /** A few characters that no memory could hold once they are compiled; in an empty text too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "((a{1000}){1000}){1000}",
        "(((){1000}){1000}){1000}",
        "((\\\\)a{1000}){1000}){1000}",
        "(([)]a{1000}){1000}){1000}",
        "(([^])]a{1000}){1000}){1000}",
        "((\\\\Q)\\\\Ea{1000}){1000}){1000}",
        "(?:(?:a{0,1000}){0,1000})",
        "(a{1000})(?i){1000}",
      })
  void aPatternOfCopiesOfCopies(String pattern) {
    assertRefused("'a'.matches('" + pattern + "')");
    assertRefused("''.matches('" + pattern + "')");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        "^([a-z0-9]{1,63}[.]){1,10}[a-z]{2,63}$|^[0-9a-f]{8}",
        "(^|[{(])[0-9a-f]{1,8}\\\\x{2d}",
      })
  void aPatternThatPeopleWrite(String pattern) throws UnusableException {
    assertThat(holds("'01234567-89ab-cdef-0123-456789abcdef'.matches('" + pattern + "')")).isTrue();
  }

  /** As of an application with many triggers, or many pods. */
  @Test
  void manyExpressionsOfOneLookShareTheirWork() throws UnusableException {
    WhenExpression each =
        WhenExpression.compile("state.items.all(i, i.text.matches('^a+[0-9]+$'))");
    CelValues values = new CelValues();
    assertThat(each.holds(moment, values)).isTrue();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                each.holds(moment, values);
              }
            })
        .hasMessageContaining("too much work");
    assertThat(each.holds(moment, new CelValues())).as("at the next look").isTrue();
  }

  @Test
  void aWordThatIsAlmostEverywhere() {
    assertRefused("state.items.exists(i, state.long.contains(i.text + 'b'))");
  }

  @Test
  void theSameComparisonAgainAndAgain() {
    assertRefused("state.items.exists(i, state != oldState)");
  }

  @Test
  void whatIsTrueEitherWayIsRefusedToo() {
    assertRefused("state.items.exists(i, state != oldState) || true");
  }
}
