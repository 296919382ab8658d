// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ArgumentsFrom;
import io.heal8s.graphql.intent.MonitorIntent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An edge is written before anything is created for it; a kill anywhere loses and doubles none. */
class WriteAheadTest {

  private static final String RESTART =
      """
      {"trigger":{"field":"health","condition":"equals","value":"bad"},"action":"restart_pod"}\
      """;
  private static final String OK = "{\"health\":\"ok\"}";
  private static final String BAD = "{\"health\":\"bad\"}";

  @Test
  void firstTheEdgeThenTheRemediationThenTheEnd() {
    Play play = Play.with(RESTART).poll(OK);

    assertThat(play.wanted(BAD))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isInstanceOfSatisfying(
                        MonitorIntent.Record.class,
                        record -> {
                          assertThat(record.status().sequence()).isEqualTo(2);
                          assertThat(record.status().pendingOrEmpty())
                              .singleElement()
                              .satisfies(one -> assertThat(one.edge()).isEqualTo(2));
                        }),
            second -> assertThat(second).isInstanceOf(MonitorIntent.Create.class),
            third ->
                assertThat(third)
                    .isInstanceOfSatisfying(
                        MonitorIntent.Record.class,
                        record -> {
                          assertThat(record.status().pending()).isNull();
                          assertThat(record.status().actionsExecuted()).isEqualTo(1);
                        }));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          killed before the edge was written: nobody knows of the first outage        | 0 | 1
          killed after the edge was written: it is created after the restart          | 1 | 2
          killed after the Remediation was created: it is not created a second time   | 2 | 2
          killed after all was done                                                   | 3 | 2
          """)
  void killedThenHealedThenASecondOutage(String because, int intentsDone, int remediations) {
    Play play = Play.with(RESTART).poll(OK);

    play.pollKilledAfter(intentsDone, BAD).settle().poll(OK).poll(OK).poll(BAD).same();

    assertThat(play.created).as(because).hasSize(remediations);
    assertThat(play.status().pending()).isNull();
    assertThat(play.status().actionsExecuted()).isEqualTo(remediations);
    assertThat(play.told).containsOnlyOnce("InitialStateDetected");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3"})
  void killedAndStillBadAfterTheRestart(int intentsDone) {
    Play play = Play.with(RESTART).poll(OK);

    play.pollKilledAfter(intentsDone, BAD).settle().poll(BAD).poll(BAD).same();

    assertThat(play.created).as("one outage is one Remediation").hasSize(1);
    assertThat(play.status().pending()).isNull();
  }

  @Test
  void theFirstPollOfAPollerThatOnlyLearnsFinishesToo() {
    Play play = Play.with(RESTART).poll(OK).pollKilledAfter(1, BAD).poll(OK);

    assertThat(play.created).hasSize(1);
    assertThat(play.lastStateChange()).contains("\"changedFields\":[\"health\"]");
  }

  @Test
  void aCreationThatFailsIsTriedAgainAndTheNextOutageIsNotLost() {
    Play play = Play.with(RESTART).poll(OK);
    play.creationFails = true;
    play.poll(BAD).same().poll(OK).poll(BAD);
    assertThat(play.created).isEmpty();
    assertThat(play.status().pendingOrEmpty()).hasSize(2);

    play.creationFails = false;
    play.same();

    assertThat(play.created).hasSize(2);
    assertThat(play.status().pending()).isNull();
    assertThat(play.status().actionsExecuted()).isEqualTo(2);
  }

  @Test
  void aRestartIsNoFirstStateAndFiresNothing() {
    Play play = Play.with(RESTART).poll(BAD);
    assertThat(play.created).hasSize(1);

    play.restart().poll(BAD).restart().poll(BAD);

    assertThat(play.created).hasSize(1);
    assertThat(play.told).containsOnlyOnce("InitialStateDetected");
    assertThat(play.status().sequence()).isEqualTo(1);
  }

  @Test
  void whatChangedDuringARestartIsSeenInTheWatchedFields() {
    Play play = Play.with(RESTART).poll(OK);

    play.restart().poll(BAD);

    assertThat(play.created).hasSize(1);
    assertThat(play.told)
        .containsExactly("InitialStateDetected", "StateFieldChanged", "HealthStatusChanged");
  }

  @Test
  void anotherPollerThatWasAheadIsNotDoubled() {
    Play play = Play.with(RESTART).poll(OK).pollByAnother(BAD);
    assertThat(play.created).hasSize(1);

    // What this process remembers is older than what is recorded.
    play.poll(BAD);

    assertThat(play.created).hasSize(1);
    assertThat(play.createCalls).isEqualTo(1);
  }

  @Test
  void namesAreTheSameForTheSameEdgeAndNoOther() {
    Play one = Play.with(RESTART).poll(OK).poll(BAD);
    Play same = Play.with(RESTART).poll(OK).poll(BAD);
    Play twice = Play.with(RESTART).poll(OK).poll(BAD).poll(OK).poll(BAD);

    assertThat(one.created.keySet()).isEqualTo(same.created.keySet());
    assertThat(twice.created.keySet()).hasSize(2).containsAll(one.created.keySet());
    assertThat(one.created.keySet())
        .first()
        .asString()
        .matches("rem-shop-restart-pod-[0-9a-f]{16}");
  }

  private static final String CALL =
      """
      {"trigger":{"field":"cpu","condition":"equals","value":9},"action":"webhook",\
      "parameters":{"url":"https://hooks"}}\
      """;
  private static final String SCALE =
      """
      {"trigger":{"field":"cpu","condition":"equals","value":8},"action":"scale_deployment",\
      "parameters":{"deploymentName":"api","replicas":3}}\
      """;

  /** The Remediation refers to the action by position and hash; both must be of the same one. */
  @ParameterizedTest
  @MethodSource("edits")
  void whatIsPendingIsTheActionThatWasDueWhereverItStandsNow(
      String because, List<String> actions, @Nullable Integer position) {
    Play play = Play.with(RESTART, CALL).poll(OK).pollKilledAfter(1, BAD);
    String sha256 = play.status().pendingOrEmpty().getFirst().sha256();

    play.edit(actions.toArray(String[]::new)).settle();

    assertThat(play.status().pending()).as(because).isNull();
    if (position == null) {
      assertThat(play.created).as(because).isEmpty();
      assertThat(play.told).as(because).contains("ActionGone");
      assertThat(play.status().actionsExecuted()).as(because).isZero();
      return;
    }
    assertThat(play.created.values())
        .as(because)
        .singleElement()
        .satisfies(
            spec -> {
              assertThat(spec.action().type()).isEqualTo(ActionType.RestartPods);
              ArgumentsFrom from = Objects.requireNonNull(spec.action().argumentsFrom());
              assertThat(from.actionIndex()).isEqualTo(position);
              assertThat(from.sha256()).isEqualTo(sha256);
            });
    assertThat(play.told).as(because).doesNotContain("ActionGone");
  }

  static Stream<Arguments> edits() {
    String edited = RESTART.replace("bad", "worse");
    return Stream.of(
        Arguments.of("nothing was edited", List.of(RESTART, CALL), 0),
        Arguments.of("one was put before it", List.of(SCALE, RESTART, CALL), 1),
        Arguments.of("they were turned round", List.of(CALL, RESTART), 1),
        Arguments.of("it is there twice: any of them", List.of(CALL, RESTART, RESTART), 1),
        Arguments.of("it stands where it stood", List.of(RESTART, RESTART), 0),
        Arguments.of("it was taken away and another took its place", List.of(CALL), null),
        Arguments.of("it was edited: it is another one", List.of(edited, CALL), null),
        Arguments.of("all were taken away", List.of(), null));
  }

  @Test
  void oneThatIsGoneIsNotCountedAmongThoseThatCannotBeCreated() {
    Play play = Play.with(RESTART, RESTART.replace("restart_pod", "webhook")).poll(OK);
    play.creationFails = true;
    play.poll(BAD).uncreated("no quota").edit(CALL, RESTART);

    play.uncreatedOnly(0, "no quota");

    assertThat(play.status().pendingOrEmpty()).hasSize(1);
    assertThat(play.status().actionsExecuted()).isZero();
    assertThat(play.told).contains("ActionGone");
  }

  @Test
  void atRestNothingIsWritten() {
    Play play = Play.with(RESTART).poll(OK).poll(OK);
    int writes = play.writes;

    for (int i = 0; i < 100; i++) {
      play.poll(OK).same().after(Duration.ofHours(1));
    }

    assertThat(play.writes).isEqualTo(writes);
  }
}
