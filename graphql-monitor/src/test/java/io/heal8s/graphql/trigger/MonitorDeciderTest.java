// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MonitorDeciderTest {

  private static final String RESTART =
      """
      {"trigger":{"field":"health","condition":"equals","value":"bad"},"action":"restart_pod"}\
      """;
  private static final String OK = "{\"health\":\"ok\",\"cpu\":1}";
  private static final String BAD = "{\"health\":\"bad\",\"cpu\":1}";

  /** An endpoint that tells another request's number each time is no reason to write each time. */
  @Test
  void otherWordsForTheSameReasonAreWrittenOnceAMinute() {
    Play play = Play.with(RESTART).poll(OK).failWith("QueryFailed", "request 1");
    int writes = play.writes;
    play.failWith("QueryFailed", "request 2");
    assertThat(play.writes).isEqualTo(writes);
    assertThat(play.status().lastError()).isEqualTo("request 1");
    play.failWith("QueryFailed", "request 3");
    assertThat(play.writes).as("polls are 30 s apart").isEqualTo(writes + 1);
    assertThat(play.status().lastError()).isEqualTo("request 3");
    play.failWith("TimedOut", "late");
    assertThat(play.status().lastError()).as("another reason is told at once").isEqualTo("late");
  }

  @Test
  void theFirstStateIsRecordedWhole() {
    Play play = Play.with(RESTART).poll(OK);

    assertThat(play.status().state()).isEqualTo(State.Monitoring);
    assertThat(play.status().sequence()).isEqualTo(1);
    assertThat(play.status().observedGeneration()).isEqualTo(1);
    assertThat(play.status().lastPolled()).isNotNull();
    assertThat(play.status().lastError()).isNull();
    assertThat(play.status().endpoint()).isEqualTo("http://10.0.0.1:8080/graphql");
    assertThat(play.status().digest()).hasSize(64);
    assertThat(play.status().eventsGenerated()).isEqualTo(1);
    assertThat(play.status().actionsExecuted()).isZero();
    assertThat(reasons(play)).containsExactly("Ready=True/Monitoring");
  }

  @Test
  void aStateThatIsBadFromTheStartFires() {
    Play play = Play.with(RESTART).poll(BAD);

    assertThat(play.created).hasSize(1);
    assertThat(play.lastStateChange()).contains("\"isInitial\":true");
  }

  @Test
  void aLabelFiresNothingAndWritesNothing() {
    Play play = Play.with(RESTART).poll(BAD);
    int writes = play.writes;

    play.label().poll(BAD).same();

    assertThat(play.created).hasSize(1);
    assertThat(play.writes).isEqualTo(writes);
  }

  @Test
  void editedParametersFireNothingAgain() {
    Play play = Play.with(RESTART).poll(BAD);

    play.edit(RESTART.replace("\"restart_pod\"", "\"restart_pod\",\"parameters\":{\"a\":1}"))
        .poll(BAD);

    assertThat(play.created).hasSize(1);
    assertThat(play.status().observedGeneration()).isEqualTo(2);
  }

  @Test
  void aNewTriggerLooksAtWhatIs() {
    Play play = Play.with().poll(BAD);

    play.edit(RESTART).poll(BAD).poll(BAD);

    assertThat(play.created).hasSize(1);
    assertThat(play.lastStateChange()).contains("\"isInitial\":false");
  }

  @Test
  void actionsInAnotherOrderFireNothing() {
    String webhook = RESTART.replace("restart_pod", "webhook");
    Play play = Play.with(RESTART, webhook).poll(BAD);
    assertThat(play.created).hasSize(2);

    play.edit(webhook, RESTART).poll(BAD);

    assertThat(play.created).hasSize(2);
  }

  @Test
  void anotherQueryIsAFirstStateThatFiresOnlyWhatIsNew() {
    Play play = Play.with(RESTART).poll(BAD);

    play.editQuery("{ health mode }", RESTART).poll("{\"health\":\"bad\",\"mode\":1}");

    assertThat(play.created).hasSize(1);
    assertThat(play.told).containsExactly("InitialStateDetected", "InitialStateDetected");
  }

  @Test
  void aFailureIsWrittenOnceAndKeepsWhatWasWatched() {
    Play play = Play.with(RESTART).poll(BAD);

    play.fail("ConnectionRefused", false);
    int writes = play.writes;
    play.fail("ConnectionRefused", false).fail("ConnectionRefused", false);

    assertThat(play.writes).isEqualTo(writes);
    assertThat(play.status().state()).isEqualTo(State.Failed);
    assertThat(play.status().lastError()).isEqualTo("because of ConnectionRefused");
    assertThat(reasons(play))
        .containsExactly("Ready=False/ConnectionRefused", "Reconciling=True/ConnectionRefused");
    assertThat(play.told).endsWith("PollFailed");

    play.poll(BAD);
    assertThat(play.created).as("bad before and after").hasSize(1);
    assertThat(play.told).endsWith("PollRecovered");
    assertThat(play.status().lastError()).isNull();
    assertThat(reasons(play)).containsExactly("Ready=True/Monitoring");
  }

  @Test
  void anOutageBehindAFailureIsSeen() {
    Play play = Play.with(RESTART).poll(OK).fail("Timeout", false).poll(BAD);

    assertThat(play.created).hasSize(1);
  }

  @Test
  void whoHasNoStateYetIsInitializingUnlessSomebodyMustChangeSomething() {
    assertThat(Play.with(RESTART).fail("NoReadyPod", false).status().state())
        .isEqualTo(State.Initializing);
    Play stalled = Play.with(RESTART).fail("EndpointInvalid", true);
    assertThat(stalled.status().state()).isEqualTo(State.Failed);
    assertThat(reasons(stalled))
        .containsExactly("Ready=False/EndpointInvalid", "Stalled=True/EndpointInvalid");
    assertThat(reasons(stalled.poll(OK))).containsExactly("Ready=True/Monitoring");
  }

  @Test
  void whoWasStalledByTheEndpointIsNotAnyMore() {
    Play play = Play.with(RESTART).poll(OK).fail("EndpointInvalid", true);
    assertThat(reasons(play)).contains("Stalled=True/EndpointInvalid");

    assertThat(reasons(play.poll(OK))).containsExactly("Ready=True/Monitoring");
  }

  @Test
  void anObjectWithoutSpecIsStalledAndSaysWhatToSet() {
    Play play = Play.with().withoutSpec().poll(OK);

    assertThat(reasons(play))
        .containsExactly("Ready=False/SpecMissing", "Stalled=True/SpecMissing");
    assertThat(play.status().lastError()).contains("set spec.stateQuery");
  }

  @Test
  void aTriggerThatCannotBeJudgedIsStalledAndTheOthersWork() {
    Play play = Play.with("{\"trigger\":{\"when\":\"state.x >\"},\"action\":\"webhook\"}", RESTART);

    play.poll(BAD);

    assertThat(play.created).hasSize(1);
    assertThat(reasons(play)).contains("Stalled=True/TriggerInvalid");
    assertThat(play.status().conditions())
        .anyMatch(c -> c.message().startsWith("spec.actions[0].trigger: when: "));
    assertThat(reasons(play.same().same())).contains("Stalled=True/TriggerInvalid");

    play.edit(RESTART).poll(BAD);
    assertThat(reasons(play)).containsExactly("Ready=True/Monitoring");
  }

  @Test
  void anExpressionMayAskWhetherAFieldIsThereAndLookAtEachOfAList() {
    Play play =
        Play.with(
            "{\"trigger\":{\"when\":\"has(state.parts) && state.parts.exists(p, p.state == 'down')\"},"
                + "\"action\":\"restart_pod\"}");

    play.poll(OK).poll("{\"health\":\"ok\",\"parts\":[{\"state\":\"up\"}]}");
    assertThat(play.created).isEmpty();

    play.poll("{\"health\":\"ok\",\"parts\":[{\"state\":\"up\"},{\"state\":\"down\"}]}");
    assertThat(play.created).hasSize(1);
    assertThat(reasons(play)).containsExactly("Ready=True/Monitoring");
  }

  @Test
  void whatNoTriggerNeedsIsWrittenAtLeisure() {
    Play play = Play.with(RESTART).poll(OK);
    int writes = play.writes;

    play.poll("{\"health\":\"ok\",\"cpu\":2}");
    assertThat(play.writes).as("30 s after the last write").isEqualTo(writes);
    play.poll("{\"health\":\"ok\",\"cpu\":3}");
    assertThat(play.writes).as("60 s after the last write").isEqualTo(writes + 1);

    assertThat(play.status().eventsGenerated()).as("all are counted").isEqualTo(3);
    assertThat(play.told)
        .containsExactly("InitialStateDetected", "StateFieldChanged", "StateFieldChanged");
  }

  @Test
  void aGapIsNoChangeAndIsShown() {
    Play play = Play.with(RESTART).poll(BAD);

    play.pollWithGap("{\"health\":null,\"cpu\":1}", "health");
    assertThat(reasons(play)).containsExactly("Ready=True/PartialState");
    assertThat(play.status().lastError()).isEqualTo("health: no answer");

    play.poll(BAD);
    assertThat(play.created).hasSize(1);
    assertThat(play.told).containsExactly("InitialStateDetected");
    assertThat(reasons(play)).containsExactly("Ready=True/Monitoring");
  }

  @Test
  void thatItIsAskedLessOftenThanWantedIsShownUntilItIsNot() {
    Play play = Play.with(RESTART).pollSlowed(OK, "polled every 10 s instead of every 5 s");
    assertThat(reasons(play)).containsExactly("Ready=True/RateLimited");
    assertThat(Objects.requireNonNull(play.status().conditions()).getFirst().message())
        .isEqualTo("polled every 10 s instead of every 5 s");
    assertThat(play.status().lastError()).as("nothing is wrong with the application").isNull();

    play.same();
    assertThat(reasons(play)).containsExactly("Ready=True/RateLimited");

    play.poll(OK);
    assertThat(reasons(play)).containsExactly("Ready=True/Monitoring");
  }

  @Test
  void aGapAfterARestartForgetsNothing() {
    Play play = Play.with(RESTART).poll(BAD);

    play.restart().pollWithGap("{\"health\":null,\"cpu\":1}", "health");
    play.pollWithGap("{\"health\":null,\"cpu\":1}", "health").poll(BAD);

    assertThat(play.created).hasSize(1);
  }

  @Test
  void aGapThatStaysTheSameAfterARestartForgetsNothingEither() {
    String calm = RESTART.replace("\"restart_pod\"", "\"restart_pod\",\"cooldownSeconds\":30");
    Play play = Play.with(calm).poll(BAD);

    play.restart().pollWithGap("{\"health\":null,\"cpu\":1}", "health").same().same();
    assertThat(play.created).as("not known to have moved").hasSize(1);

    assertThat(play.poll(BAD).same().created).as("bad before and after").hasSize(1);
  }

  @Test
  void whatMustHoldForAWhileFiresOnceItDid() {
    String slow =
        """
        {"trigger":{"field":"cpu","condition":"greater_than","value":5,"for":"90s"},
         "action":"webhook"}\
        """;
    Play play = Play.with(slow).poll("{\"cpu\":1}").poll("{\"cpu\":6}");

    play.same().poll("{\"cpu\":7}");
    assertThat(play.created).as("60 s").isEmpty();
    play.same();
    assertThat(play.created).as("90 s").hasSize(1);
    play.poll("{\"cpu\":8}").same();
    assertThat(play.created).as("once while it holds").hasSize(1);

    play.poll("{\"cpu\":1}").poll("{\"cpu\":6}").same().same().poll("{\"cpu\":1}");
    assertThat(play.created).as("broken after 60 s").hasSize(1);
  }

  @Test
  void whatMustHoldForAWhileHoldsOverARestart() {
    String slow =
        """
        {"trigger":{"field":"cpu","condition":"greater_than","value":5,"for":"90s"},
         "action":"webhook"}\
        """;
    Play play = Play.with(slow).poll("{\"cpu\":6}").poll("{\"cpu\":6}");

    play.restart().poll("{\"cpu\":6}").restart().poll("{\"cpu\":6}");

    assertThat(play.created).hasSize(1);
  }

  @Test
  void aCooldownDelaysAnOutageAndDoesNotLoseIt() {
    String calm = RESTART.replace("\"restart_pod\"", "\"restart_pod\",\"cooldownSeconds\":120");
    Play play = Play.with(calm).poll(OK).poll(BAD);

    play.poll(OK).poll(BAD).same();
    assertThat(play.created).as("90 s after it fired").hasSize(1);
    play.same();
    assertThat(play.created).as("120 s after it fired, and still bad").hasSize(2);

    play.poll(OK).poll(BAD).poll(OK).same().same();
    assertThat(play.created).as("well again before the cooldown was over").hasSize(2);
  }

  @Test
  void aMoveInACooldownIsToldWhenItIsOver() {
    String every =
        """
        {"trigger":{"field":"health","condition":"not_equals","value":"ok"},
         "action":"webhook","cooldownSeconds":90}\
        """;
    Play play = Play.with(every).poll(OK).poll(BAD).poll("{\"health\":\"worse\",\"cpu\":1}");
    assertThat(play.created).as("30 s after it fired").hasSize(1);

    play.restart().poll("{\"health\":\"worse\",\"cpu\":1}").same();
    assertThat(play.created).as("90 s after it fired, and another wrong value").hasSize(2);
    play.same().same().same().same();
    assertThat(play.created).as("told once").hasSize(2);

    play.poll(BAD).poll("{\"health\":\"worse\",\"cpu\":1}").poll(OK).same().same().same();
    assertThat(play.created).as("the first move at once, and well when it was over").hasSize(3);
  }

  @Test
  void aLevelFiresAgainAfterEachCooldown() {
    String level =
        """
        {"trigger":{"field":"health","condition":"equals","value":"bad","mode":"level"},
         "action":"webhook","cooldownSeconds":60}\
        """;
    Play play = Play.with(level).poll(BAD).same().same().same().same();

    assertThat(play.created).as("0 s, 60 s, 120 s").hasSize(3);
    assertThat(play.poll(OK).same().same().created).hasSize(3);
  }

  @Test
  void everyMoveAboveAThresholdFiresAgain() {
    String high =
        """
        {"trigger":{"field":"cpu","condition":"greater_than","value":0.85},"action":"webhook"}\
        """;
    Play play = Play.with(high).poll("{\"cpu\":0.5}").poll("{\"cpu\":0.9}").poll("{\"cpu\":0.95}");

    assertThat(play.created).hasSize(2);
    assertThat(play.restart().poll("{\"cpu\":0.95}").created).as("no move").hasSize(2);
    assertThat(play.restart().poll("{\"cpu\":0.96}").created).as("moved meanwhile").hasSize(3);
  }

  private static List<String> reasons(Play play) {
    List<Condition> conditions = Objects.requireNonNull(play.status().conditions());
    return conditions.stream().map(c -> c.type() + "=" + c.status() + "/" + c.reason()).toList();
  }
}
