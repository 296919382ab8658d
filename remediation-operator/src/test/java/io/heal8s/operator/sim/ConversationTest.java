// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.operator.testing.Rem;
import io.heal8s.test.conversation.Conversations;
import io.heal8s.test.conversation.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator's turns of its conversations with the pr service, whose turns are as told. */
class ConversationTest {

  private static final String FORBIDS = "{\"allow\":{\"actions\":[\"ScaleUp\"]}}";

  static Stream<List<Turn>> conversations() {
    return Stream.of(
        Conversations.madeUnheardAndForbidden(),
        Conversations.madeLateAndForbidden(),
        Conversations.missingAndAllowedAgain(),
        Conversations.neverMadeAndForbidden());
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void bothSayWhatTheOtherExpects(List<Turn> turns) {
    Stage stage = new Stage();
    stage.world.remediations.create(Rem.fresh("a").build());
    for (Turn turn : turns) {
      switch (turn.speaker()) {
        case OPERATOR -> runs(stage, turn.given());
        case PR_SERVICE -> speaks(stage.people, turn.given());
      }
      RemediationStatus status = stage.status("a");
      assertThat(status.isTrue(ConditionType.Gated)).as("%s", turn).isEqualTo(turn.gated());
      assertThat(status.phase() + "/" + status.reason())
          .as("%s", turn)
          .isEqualTo(turn.phase() + "/" + turn.reason());
      assertThat(state(status)).as("%s", turn).isEqualTo(turn.pullRequest());
      assertThat(open(status)).as("%s", turn).isEqualTo(turn.open());
    }
    assertThat(stage.world.rules.broken).isEmpty();
  }

  private static void runs(Stage stage, Turn.Given given) {
    String policy =
        switch (given) {
          case ALLOWED -> World.POLICY;
          case FORBIDDEN -> FORBIDS;
          case NOTHING_THERE, STILL_NOTHING_THERE, ANSWER_LOST, AWAY, OPEN, MERGED ->
              throw new AssertionError("no policy: " + given);
        };
    if (!policy.equals(stage.world.policyJson)) {
      stage.world.policy(policy);
    }
    stage.step(Duration.ofSeconds(1));
  }

  private static void speaks(People people, Turn.Given given) {
    switch (given) {
      case NOTHING_THERE -> people.look("a");
      case STILL_NOTHING_THERE -> people.giveUp("a");
      case ANSWER_LOST -> people.loseTheAnswer("a");
      case AWAY -> {}
      case OPEN -> people.openPullRequests();
      case MERGED -> people.merge("a");
      case ALLOWED, FORBIDDEN -> throw new AssertionError("no forge: " + given);
    }
  }

  private static @Nullable String state(RemediationStatus status) {
    PullRequest request = status.pullRequest();
    return request == null ? null : Objects.requireNonNull(request.state()).name();
  }

  private static @Nullable String open(RemediationStatus status) {
    Condition open = status.condition(ConditionType.PullRequestOpen);
    return open == null ? null : open.status() + "/" + open.reason();
  }
}
