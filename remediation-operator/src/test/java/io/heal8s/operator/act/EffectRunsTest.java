// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.operator.act.EffectRuns.Ran;
import io.heal8s.operator.intent.PodCommand;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Effects that take long do not take every place. */
class EffectRunsTest {

  private static final RunContext RUN =
      new RunContext("run", Rem.T0, Rem.T0.plus(Duration.ofMinutes(7)));
  private static final Effect.Command COMMAND =
      new Effect.Command(
          new PodCommand(List.of("flush"), null, new TreeMap<>(), Duration.ofSeconds(300), true),
          "shop",
          List.of(new Effect.Command.Place("p1", "api")),
          "runner");

  private final List<Ran> whileItRan = new ArrayList<>();
  private final EffectRuns runs =
      new EffectRuns(
          eviction -> new Answer.Failed<>(new ApiFailure.Conflict("unused")),
          (call, namespace, body, key) -> new WebhookSender.Reply.Answered(200),
          (namespace, pod, container, account, command) -> hang(),
          (patch, key) -> new Answer.Failed<>(new ApiFailure.Conflict("unused")),
          1);

  private PodExec.Result hang() {
    whileItRan.add(runs.run(recorded("other"), COMMAND, RUN));
    return new PodExec.Result.Exited(0, "");
  }

  private static Remediation recorded(String name) {
    return Rem.planned(name).direct().intent(RecordedIntent.Type.Apply).build();
  }

  @Test
  void aCommandIsNotRecordedAsBegunWhileAsManyRunAsMay() {
    assertThat(runs.run(recorded("a"), COMMAND, RUN)).isInstanceOf(Ran.Begin.class);
    Ran ran = runs.begin(recorded("a"), COMMAND, RUN);

    assertThat(whileItRan)
        .containsExactly(new Ran.Only(Outcome.waiting(Duration.ofSeconds(1), ActReason.AllBusy)));
    assertThat(ran).isInstanceOf(Ran.Write.class);
    runs.written(recorded("a"));
    assertThat(runs.run(recorded("other"), COMMAND, RUN)).isInstanceOf(Ran.Begin.class);
  }
}
