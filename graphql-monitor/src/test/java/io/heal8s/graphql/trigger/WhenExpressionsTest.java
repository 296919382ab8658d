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
    assertThat(one.holds(of(2))).isTrue();
    assertThat(one.holds(of(1))).isFalse();
  }

  @Test
  void thoseThatWereAskedForLastAreKept() throws UnusableException {
    WhenExpression first = expressions.of("state.a > 0");
    for (int i = 1; i < 2 * WhenExpressions.MOST; i++) {
      expressions.of("state.a > " + i);
      if (i < WhenExpressions.MOST) {
        assertThat(expressions.of("state.a > 0")).isSameAs(first);
      }
    }

    assertThat(expressions.kept()).isEqualTo(WhenExpressions.MOST);
    assertThat(expressions.of("state.a > 0")).isNotSameAs(first);
  }

  @Test
  void aLongOneIsNotKept() throws UnusableException {
    String longest = "state.a == 1" + " ".repeat(WhenExpressions.LONGEST - 12);

    assertThat(expressions.of(longest + " ").holds(of(1))).isTrue();
    assertThat(expressions.kept()).isZero();
    assertThat(expressions.of(longest).holds(of(1))).isTrue();
    assertThat(expressions.kept()).isOne();
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
