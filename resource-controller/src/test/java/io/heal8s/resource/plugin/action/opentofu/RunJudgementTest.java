// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.plugin.state.ProgramRun;
import io.heal8s.resource.plugin.state.ProgramRun.Ending;
import io.heal8s.resource.plugin.state.ProgramRun.Operation;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunJudgementTest {

  private static final @Nullable Ending NONE = null;
  private static final Ending GOOD = new Ending(true, true, "", "", 1, 0, 0, null);
  private static final Ending BAD = new Ending(false, true, "no", "", 0, 0, 0, null);
  private static final Ending INCOMPLETE = new Ending(false, false, "no", "", 0, 0, 0, null);

  static Stream<Arguments> runs() {
    return Stream.of(
        row(Operation.APPLY, true, true, false, NONE, "none", "it runs"),
        row(Operation.APPLY, false, false, false, NONE, "Failed", "nothing was changed"),
        row(Operation.APPLY, false, true, true, NONE, "Failed", "the state is complete"),
        row(Operation.APPLY, false, true, false, NONE, "Unknown", "things may be in no state"),
        row(Operation.DESTROY, false, true, false, NONE, "Failed", "removing repeats harmlessly"),
        row(Operation.APPLY, true, true, true, GOOD, "Done", "all was done"),
        row(Operation.APPLY, true, true, true, BAD, "Failed", "it says so and has let go"),
        row(Operation.APPLY, false, false, false, BAD, "Failed", "it ended before it began"),
        row(Operation.APPLY, true, true, false, BAD, "Unknown", "it was killed under the lock"),
        row(Operation.APPLY, true, true, true, INCOMPLETE, "Unknown", "its state is in a file"),
        row(Operation.DESTROY, true, true, false, BAD, "Failed", "removing repeats harmlessly"));
  }

  private static Arguments row(
      Operation operation,
      boolean alive,
      boolean locked,
      boolean released,
      @Nullable Ending ending,
      String expected,
      String because) {
    return Arguments.of(
        new ProgramRun(
            new UUID(1, 2), operation, alive, locked, released, Duration.ofSeconds(1), ending),
        expected,
        because);
  }

  @ParameterizedTest(name = "{1} because {2}")
  @MethodSource("runs")
  void aRunIsJudgedByItsEndAndByTheLockOfItsState(ProgramRun run, String expected, String because) {
    String judged =
        RunJudgement.of(run).map(Step::getClass).map(Class::getSimpleName).orElse("none");
    assertThat(judged).as(because).isEqualTo(expected);
  }
}
