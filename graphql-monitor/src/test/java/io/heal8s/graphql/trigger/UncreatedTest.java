// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.graphql.intent.AppSnapshot;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Remediations that cannot be created stay pending, and people are told. */
class UncreatedTest {

  private static final String RESTART =
      """
      {"trigger":{"field":"health","condition":"equals","value":"bad"},"action":"restart_pod"}\
      """;
  private static final String OK = "{\"health\":\"ok\"}";
  private static final String BAD = "{\"health\":\"bad\"}";

  private static List<String> stalled(Play play) {
    return Objects.requireNonNull(play.status().conditions()).stream()
        .filter(one -> one.type().equals("Stalled") && one.status() == Condition.Status.True)
        .map(Condition::reason)
        .toList();
  }

  private static Play refused() {
    Play play = Play.with(RESTART).poll(OK);
    play.creationFails = true;
    return play.poll(BAD).uncreated("no quota");
  }

  @Test
  void itIsToldUntilItIsCreatedWhateverIsSeenMeanwhile() {
    Play play = refused();
    assertThat(stalled(play)).containsExactly("RemediationNotCreated");
    assertThat(String.valueOf(play.status().conditions())).contains("no quota");

    play.poll(OK).fail("ConnectFailed", false).poll(OK);
    assertThat(stalled(play)).containsExactly("RemediationNotCreated");
    assertThat(play.told).containsOnlyOnce("RemediationNotCreated");

    play.creationFails = false;
    play.settle();
    assertThat(play.created).hasSize(1);
    assertThat(stalled(play)).isEmpty();
  }

  @Test
  void atRestItIsWrittenOnce() {
    Play play = refused();
    int writes = play.writes;

    for (int i = 0; i < 20; i++) {
      play.settle().uncreated("no quota");
    }

    assertThat(play.writes).isEqualTo(writes);
  }

  @Test
  void whatElseMustBeChangedIsToldFirst() {
    Play play = refused().fail("QueryInvalid", true).settle().uncreated("no quota");
    assertThat(stalled(play)).containsExactly("QueryInvalid");

    play.poll(BAD).uncreated("no quota");
    assertThat(stalled(play)).containsExactly("RemediationNotCreated");
  }

  @Test
  void pendingHasAnEndAndWhatIsDueThenFiresWhenThereIsRoom() {
    Play play = Play.with(RESTART).poll(OK);
    play.creationFails = true;
    for (int i = 0; i < 2 * AppSnapshot.MOST_PENDING; i++) {
      play.poll(BAD).poll(OK);
    }
    assertThat(play.status().pendingOrEmpty()).hasSize(AppSnapshot.MOST_PENDING);

    play.creationFails = false;
    play.settle().poll(BAD);
    assertThat(play.created).hasSize(AppSnapshot.MOST_PENDING + 1);
  }
}
