// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.kco.targetapp.Trigger;
import io.heal8s.core.api.kco.targetapp.Trigger.Condition;
import io.heal8s.core.api.kco.targetapp.Trigger.Mode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a trial is no fact of the original; those are the golden trials'. */
class TrialTest {

  private static final TriggerJudge JUDGE = new TriggerJudge();

  private static Trigger above(@Nullable Mode mode, @Nullable String holdFor) {
    return new Trigger("a", Condition.greater_than, 5L, null, mode, holdFor);
  }

  private static JsonObject state(String json) {
    return JsonParser.parseString(json).getAsJsonObject();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          4, 6, -,     90s, true,  begins to hold: counts as over
          6, 7, -,     90s, false, went on holding: it fired once
          6, 7, -,     0s,  true,  no time at all is none
          6, 7, -,     -,   true,  without for a move fires
          6, 7, level, 90s, true,  a level fires again
          7, 4, -,     90s, false, does not hold any more
          -, 6, -,     90s, true,  holds from the first state on
          """)
  void forCountsAsOver(
      @Nullable String before,
      String after,
      @Nullable Mode mode,
      @Nullable String holdFor,
      boolean fires,
      String because) {
    Trial trial =
        Trial.of(
            JUDGE,
            "shop",
            before == null ? null : state("{\"a\":" + before + "}"),
            state("{\"a\":" + after + "}"),
            above(mode, holdFor));

    assertThat(trial.fires()).as(because).isEqualTo(fires);
    assertThat(trial.problem()).isNull();
  }

  @Test
  void whatIsNoDurationIsAProblem() {
    Trial trial = Trial.of(JUDGE, "shop", null, state("{\"a\":6}"), above(null, "soon"));

    assertThat(trial.fires()).isFalse();
    assertThat(trial.problem()).startsWith("for is no duration");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          state.a >                 | when: ERROR
          state.b == 1              | when:
          state.a                   | when: it gives neither true nor false
          1 + 1                     | when: ERROR
          'x'.matches('[')          | when:
          state.a / 0 == 1          | when:
          int('x') == 1             | when:
          state.a[1e10] == 1        | when:
          """)
  void anExpressionThatTellsNothingIsAProblem(String when, String problem) {
    Trial trial =
        Trial.of(
            JUDGE,
            "shop",
            null,
            state("{\"a\":6}"),
            new Trigger(null, null, null, when, null, null));

    assertThat(trial.fires()).isFalse();
    assertThat(trial.problem()).startsWith(problem);
  }

  @ParameterizedTest
  @CsvSource({"(, 3000", "!, 4000", "a., 2500", "[, 4000", "-1+, 1500", "?1:, 2000"})
  void anExpressionWithoutEndIsAProblem(String part, int times) {
    String when = part.repeat(times);

    Trial trial =
        Trial.of(
            JUDGE,
            "shop",
            null,
            state("{\"a\":6}"),
            new Trigger(null, null, null, when, null, null));

    assertThat(trial.problem()).startsWith("when: ");
  }

  @Test
  void aTextOfMoreDigitsThanJsonMayHaveIsNoNumber() {
    Trigger more = Trigger.of("a", Condition.greater_than, 1L);

    assertThat(
            Trial.of(JUDGE, "shop", null, state("{\"a\":\"" + "9".repeat(1_000) + "\"}"), more)
                .fires())
        .isTrue();
    assertThat(
            Trial.of(JUDGE, "shop", null, state("{\"a\":\"" + "9".repeat(1_001) + "\"}"), more)
                .fires())
        .isFalse();
  }
}
