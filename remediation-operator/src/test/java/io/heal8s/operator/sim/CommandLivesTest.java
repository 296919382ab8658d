// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.operator.act.PodExec;
import io.heal8s.operator.sim.StoredInMemory.Fate;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lives of commands of which a write fails, or that somebody stops. */
class CommandLivesTest {

  private static Stage commanded() {
    Stage stage = new Stage();
    stage.world.workload.pods.put("p1", Rem.T0.minusSeconds(3600));
    stage.world.workload.pods.put("p2", Rem.T0.minusSeconds(3600));
    stage.world.remediations.create(
        Rem.fresh("a")
            .action(ActionType.ExecCommand)
            .direct()
            .approval(false)
            .as("runner")
            .arguments(Map.of("command", List.of("flush")))
            .build());
    return stage;
  }

  /** The first write of that reason has that fate. */
  private static void first(Stage stage, String reason, Fate fate) {
    List<String> met = new ArrayList<>();
    stage.world.remediations.fate =
        (name, status) -> {
          if (!reason.equals(status.reason())) {
            return Fate.WRITTEN;
          }
          met.add(reason);
          return met.size() == 1 ? fate : Fate.WRITTEN;
        };
  }

  private static void live(Stage stage) {
    stage.step(Duration.ZERO);
    stage.step(Duration.ofSeconds(2));
    stage.step(Duration.ofSeconds(2));
  }

  @Test
  void whoseBeginningWasWrittenWithoutAnAnswerIsRunAllTheSame() {
    Stage stage = commanded();
    first(stage, "CommandStarted", Fate.ANSWER_LOST);
    live(stage);

    assertThat(stage.world.outside.commands)
        .containsExactly("p1/api as runner [flush]", "p2/api as runner [flush]");
    assertThat(stage.status("a").reason()).isEqualTo("CommandSucceeded");
  }

  @Test
  void whoseBeginningCouldNotBeWrittenIsBegunOnce() {
    Stage stage = commanded();
    first(stage, "CommandStarted", Fate.REFUSED);
    live(stage);

    assertThat(stage.world.outside.commands).hasSize(2).doesNotHaveDuplicates();
    assertThat(stage.status("a").reason()).isEqualTo("CommandSucceeded");
  }

  @Test
  void whoseRefusalCouldNotBeWrittenIsStillRefused() {
    Stage stage = commanded();
    stage.world.outside.commandResult = new PodExec.Result.Refused("HTTP 403");
    first(stage, "ApplyRefused", Fate.REFUSED);
    live(stage);

    assertThat(stage.world.outside.commands).hasSize(1);
    assertThat(stage.status("a").reason()).isEqualTo("ApplyRefused");
    assertThat(stage.status("a").message()).contains("HTTP 403");
  }

  @Test
  void thatSomebodyRejectsIsBegunInNoFurtherPod() {
    Stage stage = commanded();
    stage.world.outside.whileItRuns =
        () -> stage.world.remediations.annotate("a", "heal8s.io/reject", "eve");
    live(stage);

    assertThat(stage.world.outside.commands).hasSize(1);
    assertThat(stage.status("a").phase()).isEqualTo(Phase.Failed);
    assertThat(stage.status("a").reason()).isEqualTo("CommandFailed");
    assertThat(stage.status("a").message())
        .isEqualTo("rejected by eve; 1 of 2 pods ended with exit code 0; p1: exit code 0");
  }
}
