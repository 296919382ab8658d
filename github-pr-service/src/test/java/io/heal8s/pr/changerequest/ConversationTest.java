// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.core.decide.Decision;
import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.forge.Samples;
import io.heal8s.pr.intent.PrIntent;
import io.heal8s.pr.intent.Reply;
import io.heal8s.pr.intent.View;
import io.heal8s.test.conversation.Conversations;
import io.heal8s.test.conversation.Turn;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** This service's turns of its conversations with the operator, whose turns are taken as told. */
class ConversationTest extends PrScenes {

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
    Remediation remediation = Samples.ungated(Samples.planned(REPOSITORY));
    for (Turn turn : turns) {
      remediation =
          switch (turn.speaker()) {
            case OPERATOR ->
                Samples.told(remediation, turn.gated(), Phase.valueOf(turn.phase()), turn.reason());
            case PR_SERVICE -> runs(remediation, turn.given());
          };
      RemediationStatus status = remediation.statusOrEmpty();
      assertThat(state(status)).as("%s", turn).isEqualTo(turn.pullRequest());
      assertThat(open(status)).as("%s", turn).isEqualTo(turn.open());
    }
  }

  private static Remediation runs(Remediation remediation, Turn.Given given) {
    return switch (given) {
      case NOTHING_THERE -> seeing(remediation, known(NOTHING));
      case STILL_NOTHING_THERE ->
          recorded(remediation, decide(remediation, known(NOTHING), null, NOW.plus(LATENESS)));
      case ANSWER_LOST -> losingTheAnswer(remediation);
      case AWAY -> seeing(remediation, notNow(null));
      case OPEN -> seeing(remediation, known(OPEN));
      case MERGED -> seeing(remediation, known(MERGED));
      case ALLOWED, FORBIDDEN -> throw new AssertionError("no forge: " + given);
    };
  }

  private static Remediation seeing(Remediation remediation, Reply<View> reply) {
    return recorded(remediation, decide(remediation, reply, null));
  }

  private static Remediation losingTheAnswer(Remediation remediation) {
    PrIntent.Open open =
        (PrIntent.Open) decide(remediation, known(NOTHING), null).intents().getFirst();
    return recorded(
        remediation,
        DECIDER.opened(
            open, new Reply.NotNow<>(PullRequestReason.ForgeUnavailable, "away", null, null), NOW));
  }

  private static Remediation recorded(Remediation remediation, Decision<PrIntent> decision) {
    Optional<PrIntent> intent = decision.intents().stream().findFirst();
    return intent.isEmpty()
        ? remediation
        : Samples.recorded(remediation, ((PrIntent.Record) intent.get()).status());
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
