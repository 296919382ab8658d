// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** One story, told again with the process killed at each of its calls. */
final class Killing {

  private Killing() {}

  /**
   * The tests.
   *
   * @param holds what must be so in the end, with or without a death
   */
  static Stream<DynamicTest> everywhere(String name, Consumer<Stage> story, Consumer<Stage> holds) {
    Stage undisturbed = new Stage();
    story.accept(undisturbed);
    holds.accept(undisturbed);
    return IntStream.range(0, undisturbed.world.calls.made)
        .mapToObj(
            call ->
                DynamicTest.dynamicTest(
                    name + ", killed at call " + call,
                    () -> {
                      Stage stage = new Stage();
                      stage.world.calls.toLive = call;
                      story.accept(stage);
                      assertThat(stage.deaths).isEqualTo(1);
                      assertThat(stage.world.rules.broken).isEmpty();
                      holds.accept(stage);
                    }));
  }
}
