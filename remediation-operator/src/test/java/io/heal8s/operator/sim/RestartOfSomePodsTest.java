// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Lives of a restart of some of a controller's pods. */
class RestartOfSomePodsTest {

  private static void restart(Stage stage) {
    for (String pod : List.of("p1", "p2", "p3")) {
      stage.world.workload.pods.put(pod, Rem.T0.minusSeconds(3600));
    }
    stage.world.workload.marked.add("p2");
    stage.world.remediations.create(
        Rem.fresh("a")
            .action(ActionType.RestartPods)
            .direct()
            .approval(false)
            .arguments(Map.of("podSelector", Map.of("marked", "yes")))
            .build());
    for (int i = 0; i < 8; i++) {
      stage.step(Duration.ofSeconds(1));
    }
    stage.step(Duration.ofSeconds(61));
    stage.step(Duration.ofSeconds(61));
  }

  private static void restarted(Stage stage) {
    assertThat(stage.world.workload.evicted).containsExactly("p2");
    assertThat(stage.status("a").phase())
        .as(stage.status("a").message())
        .isEqualTo(Phase.Succeeded);
    assertThat(stage.world.rules.broken).isEmpty();
  }

  @Test
  void oneOfThreeIsEvictedAndTheOthersStay() {
    Stage stage = new Stage();
    restart(stage);
    restarted(stage);
  }

  @TestFactory
  Stream<DynamicTest> killedAnywhere() {
    return Killing.everywhere(
        "restart", RestartOfSomePodsTest::restart, RestartOfSomePodsTest::restarted);
  }
}
