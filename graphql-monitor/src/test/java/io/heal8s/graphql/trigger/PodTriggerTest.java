// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.core.api.kco.targetapp.Watched;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Triggers over the states of several pods: each holds by itself, and what fires is one action. */
class PodTriggerTest {

  private static final String RESTART =
      """
      {"trigger":{"field":"health","condition":"equals","value":"bad"},"action":"restart_pod"}\
      """;
  private static final String COOLING =
      RESTART.replace("\"restart_pod\"", "\"restart_pod\",\"cooldownSeconds\":600");
  private static final String BOTH_OK = "{\"a\":{\"health\":\"ok\"},\"b\":{\"health\":\"ok\"}}";
  private static final String B_BAD = "{\"a\":{\"health\":\"ok\"},\"b\":{\"health\":\"bad\"}}";
  private static final String BOTH_BAD = "{\"a\":{\"health\":\"bad\"},\"b\":{\"health\":\"bad\"}}";

  @Test
  void onePodThatTurnsBadFiresAndIsNamed() {
    Play play = Play.with(RESTART).pollPods(BOTH_OK).pollPods(B_BAD).pollPods(B_BAD);

    assertThat(play.created).hasSize(1);
    assertThat(play.lastStateChange())
        .contains("\"pod\":\"b\"")
        .contains("\"changedFields\":[\"health\"]")
        .contains("\"isInitial\":false");
    assertThat(play.told)
        .containsExactly("InitialStateDetected", "StateFieldChanged", "HealthStatusChanged");
    assertThat(play.status().watchedOrEmpty().stream().filter(w -> Boolean.TRUE.equals(w.held())))
        .hasSize(1);
  }

  @Test
  void podsThatTurnBadAtOnceAreOneFiringAndLaterOnesAnother() {
    Play together = Play.with(RESTART).pollPods(BOTH_OK).pollPods(BOTH_BAD);
    assertThat(together.created).hasSize(1);

    Play later = Play.with(RESTART).pollPods(BOTH_OK).pollPods(B_BAD).pollPods(BOTH_BAD);
    assertThat(later.created).as("a turned bad by itself").hasSize(2);
    assertThat(later.lastStateChange()).contains("\"pod\":\"a\"");
  }

  @Test
  void aRestartOfTheMonitorFiresNothingAgainAndMissesNothing() {
    Play play = Play.with(RESTART).pollPods(BOTH_OK).pollPods(B_BAD).restart().pollPods(B_BAD);
    assertThat(play.created).hasSize(1);

    play.restart().pollPods(BOTH_BAD);
    assertThat(play.created).hasSize(2);
  }

  @Test
  void aPodThatDoesNotAnswerGoesOnHoldingAndIsShown() {
    Play play = Play.with(RESTART).pollPods(BOTH_OK).pollPods(B_BAD);
    String unknown = B_BAD.replace("{\"health\":\"bad\"}", "null");

    play.pollPods(unknown);
    assertThat(play.status().state()).isEqualTo(State.Monitoring);
    assertThat(play.status().lastError()).isEqualTo("pods.b: no answer");
    play.restart().pollPods(unknown).pollPods(B_BAD);

    assertThat(play.created).as("it was bad all the time").hasSize(1);
    assertThat(play.status().lastError()).isNull();
  }

  @Test
  void aPodThatLeftIsForgottenAndItsNameMayComeBack() {
    Play play = Play.with(RESTART).pollPods(BOTH_OK).pollPods(B_BAD);
    play.pollPods("{\"a\":{\"health\":\"ok\"}}").pollPods(B_BAD);

    assertThat(play.created).hasSize(2);
  }

  @Test
  void aCooldownOutlivesThePodThatBeganIt() {
    Play play = Play.with(COOLING).pollPods(BOTH_OK).pollPods(B_BAD);
    String another = "{\"a\":{\"health\":\"ok\"},\"c\":{\"health\":\"bad\"}}";
    play.pollPods("{\"a\":{\"health\":\"ok\"}}").pollPods(another);
    assertThat(play.created).hasSize(1);

    play.restart().after(Duration.ofMinutes(10)).pollPods(another);
    assertThat(play.created).as("it still holds when the cooldown is over").hasSize(2);
  }

  @Test
  void anExpressionSeesOnePodAtATime() {
    String when =
        "{\"trigger\":{\"when\":\"state.load > 10 && !initial\"},\"action\":\"restart_pod\"}";
    Play play = Play.with(when).pollPods("{\"a\":{\"load\":1},\"b\":{\"load\":2}}");
    play.pollPods("{\"a\":{\"load\":1},\"b\":{\"load\":20}}");

    assertThat(play.created).hasSize(1);
    assertThat(play.lastStateChange()).contains("\"pod\":\"b\"");
  }

  @Test
  void askingAllInsteadOfOneIsAnotherQuestion() {
    Play play = Play.with(RESTART).poll("{\"health\":\"ok\"}").pollPods(BOTH_OK);

    assertThat(play.told).containsExactly("InitialStateDetected", "InitialStateDetected");
    assertThat(play.created).isEmpty();
  }

  @Test
  void morePodsThanCanBeWatchedAreRefused() {
    String many =
        IntStream.rangeClosed(0, MonitorDecider.MOST_VIEWS)
            .mapToObj(i -> "\"p" + i + "\":{\"health\":\"bad\"}")
            .collect(Collectors.joining(",", "{", "}"));
    Play play = Play.with(RESTART).pollPods(many);

    assertThat(play.created).isEmpty();
    assertThat(play.status().lastError()).contains("write poll: one");
    assertThat(play.status().conditions())
        .anyMatch(condition -> condition.type().equals("Stalled"));
  }

  @Test
  void keysFitIntoTheDefinition() {
    Play play = Play.with(RESTART).pollPods("{\"" + "x".repeat(253) + "\":{\"health\":\"bad\"}}");

    assertThat(play.status().watchedOrEmpty())
        .extracting(Watched::key)
        .allSatisfy(key -> assertThat(key).hasSizeLessThanOrEqualTo(64))
        .doesNotHaveDuplicates()
        .hasSize(2);
  }
}
