// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.act;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.RecordedIntent;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.RunContext;
import io.heal8s.core.effect.Answer;
import io.heal8s.core.effect.ApiFailure;
import io.heal8s.operator.intent.PodCommand;
import io.heal8s.operator.intent.RemediationIntent.Effect;
import io.heal8s.operator.intent.WebhookCall;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Effects that take long do not take every place, and leave nothing behind. */
class EffectRunsTest {

  private static final RunContext RUN =
      new RunContext("run", Rem.T0, Rem.T0.plus(Duration.ofMinutes(7)));
  private static final Effect.Command COMMAND =
      new Effect.Command(
          new PodCommand(List.of("flush"), null, new TreeMap<>(), Duration.ofSeconds(300), true),
          "shop",
          List.of(new Effect.Command.Place("p1", "api")),
          "runner");

  private Effect meanwhile = COMMAND;
  private List<String> others = List.of("other");
  private int answer = 200;
  private final List<Ran> whileItRan = new ArrayList<>();
  private final List<Remediation> cached = new ArrayList<>();
  private final EffectRuns runs =
      new EffectRuns(
          eviction -> new Answer.Failed<>(new ApiFailure.Conflict("unused")),
          (call, namespace, body, key) -> new WebhookSender.Reply.Answered(answer),
          (namespace, pod, container, account, command) -> hang(),
          (patch, key) -> new Answer.Failed<>(new ApiFailure.Conflict("unused")),
          new CachedEffects(cached),
          1);

  private PodExec.Result hang() {
    others.forEach(name -> whileItRan.add(runs.run(recorded(name), meanwhile, RUN)));
    return new PodExec.Result.Exited(0, "");
  }

  private static Remediation recorded(String name) {
    return Rem.planned(name).direct().intent(RecordedIntent.Type.Apply).keyed(name).build();
  }

  @Test
  void aCommandIsNotRecordedAsBegunWhileAsManyRunAsMay() {
    assertThat(runs.run(recorded("a"), COMMAND, RUN)).isInstanceOf(Ran.Begin.class);
    Ran ran = runs.begin(recorded("a"), RUN);

    assertThat(whileItRan)
        .containsExactly(new Ran.Only(Outcome.waiting(Duration.ofSeconds(1), ActReason.AllBusy)));
    assertThat(ran).isInstanceOf(Ran.Write.class);
    runs.written(recorded("a"));
    assertThat(runs.run(recorded("other"), COMMAND, RUN)).isInstanceOf(Ran.Begin.class);
  }

  @Test
  void callsAndCommandsTakeNoPlaceOfEachOther() {
    meanwhile = call(false);
    runs.run(recorded("a"), COMMAND, RUN);
    runs.begin(recorded("a"), RUN);

    assertThat(whileItRan).singleElement().isInstanceOf(Ran.Write.class);
  }

  private static Effect.Call call(boolean last) {
    return new Effect.Call(
        new WebhookCall(
            "https://hooks.example/",
            "POST",
            new TreeMap<>(),
            new JsonObject(),
            Duration.ofSeconds(30),
            true,
            new WebhookCall.Context("", null, Map.of(), null)),
        last);
  }

  @Test
  void aCallThatWaitedForItsPlaceUntilThePatienceWasOverIsTriedTwiceAllTheSame() {
    answer = 503;
    Ran first = runs.run(recorded("a"), call(true), RUN);
    assertThat(reason(first)).isEqualTo("CallFailed");

    Remediation told =
        Rem.planned("a")
            .direct()
            .intent(RecordedIntent.Type.Apply)
            .keyed("a")
            .because("CallFailed")
            .build();
    assertThat(reason(runs.run(told, call(true), RUN))).isEqualTo("NotDelivered");
  }

  @Test
  void theMoreWaitTheLessOftenEachAsks() {
    others = List.of("b", "c", "d");
    cached.add(recorded("a"));
    others.forEach(name -> cached.add(recorded(name)));
    runs.run(recorded("a"), COMMAND, RUN);
    runs.begin(recorded("a"), RUN);

    assertThat(whileItRan)
        .extracting(ran -> ((Outcome.Waiting) ((Ran.Only) ran).outcome()).after().toSeconds())
        .containsExactly(1L, 2L, 3L);
  }

  @Test
  void aCommandWhoseRemediationIsGoneIsForgotten() {
    cached.add(recorded("a"));
    runs.run(recorded("a"), COMMAND, RUN);
    runs.run(recorded("b"), COMMAND, RUN);
    assertThat(reason(runs.run(recorded("a"), new Effect.Recall(), RUN)))
        .isEqualTo("CommandSucceeded");
    runs.written(recorded("a"));

    runs.run(recorded("a"), COMMAND, RUN);
    cached.clear();
    runs.run(recorded("b"), COMMAND, RUN);
    assertThat(reason(runs.run(recorded("a"), new Effect.Recall(), RUN)))
        .as("as if by another process")
        .isEqualTo("ResultUnknown");
  }

  private static @Nullable String reason(Ran ran) {
    return ((Ran.Write) ran).status().status().reason();
  }
}
