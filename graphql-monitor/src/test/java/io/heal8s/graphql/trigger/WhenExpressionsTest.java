// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.graphql.trigger.WhenExpression.UnusableException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WhenExpressionsTest {

  private final WhenExpressions expressions = new WhenExpressions();

  @Test
  void oneThatIsAskedForAgainIsNotCompiledAgain() throws UnusableException {
    WhenExpression one = expressions.of("state.a > 1");

    assertThat(expressions.of("state.a > 1")).isSameAs(one);
    assertThat(expressions.of("state.a > 2")).isNotSameAs(one);
    assertThat(one.holds(of(2), new CelValues())).isTrue();
    assertThat(one.holds(of(1), new CelValues())).isFalse();
  }

  @Test
  void thoseThatWereAskedForLastAreKeptAlsoLongOnes() throws UnusableException {
    String padding = " ".repeat(WhenExpressions.MOST / 100 - 12);
    WhenExpression first = expressions.of("state.a > 0" + padding);
    for (int i = 1; i < 200; i++) {
      expressions.of("state.a > " + i + padding);
      if (i < 90) {
        assertThat(expressions.of("state.a > 0" + padding)).isSameAs(first);
      }
    }

    assertThat(expressions.kept()).isBetween(90, 101);
    assertThat(expressions.of("state.a > 0" + padding)).isNotSameAs(first);
  }

  @Test
  void aWrongOneIsSaidEachTime() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> expressions.of("state.")).isInstanceOf(UnusableException.class);
    }
    assertThat(expressions.kept()).isZero();
  }

  private static Moment of(int a) {
    JsonObject state = new JsonObject();
    state.add("a", new JsonPrimitive(a));
    return new Moment(state, null, List.of(), true, true, Instant.EPOCH);
  }
}
