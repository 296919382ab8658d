// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.operator.intent.ParsedAction;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fifty workloads break at once, and the budget of their namespace is one. */
class BudgetLivesTest {

  private final Stage stage = new Stage();

  @BeforeEach
  void fiftyAlerts() {
    stage.world.policy("{\"budgets\":{\"perNamespace\":1}," + World.POLICY.strip().substring(1));
    IntStream.range(0, 50)
        .mapToObj(i -> Rem.fresh("r" + i).asks("apps/v1", "Deployment", "api" + i).build())
        .forEach(stage.world.remediations::create);
    step(Duration.ZERO);
  }

  private void step(Duration time) {
    stage.step(time);
    stage.people.openPullRequests();
  }

  private List<String> open() {
    return stage.world.remediations.all().stream()
        .filter(one -> !ended(one))
        .filter(
            one -> {
              PullRequest request = one.statusOrEmpty().pullRequest();
              return request != null && request.state() == PullRequest.State.Open;
            })
        .map(one -> Objects.requireNonNull(one.getMetadata().getName()))
        .toList();
  }

  private static boolean ended(Remediation one) {
    Phase phase = one.statusOrEmpty().phase();
    return phase != null && phase.isEnd();
  }

  private long waiting() {
    return stage.world.remediations.all().stream()
        .filter(one -> "BudgetExhausted".equals(one.statusOrEmpty().reason()))
        .count();
  }

  @Test
  void onePullRequestIsOpenedAndTheOthersWait() {
    assertThat(open()).hasSize(1);
    assertThat(waiting()).isEqualTo(49);

    step(Duration.ofHours(5));
    assertThat(open()).as("it waits for people, however long").hasSize(1);
  }

  @Test
  void theNextIsOpenedWhenItIsClosed() {
    String first = open().getFirst();
    stage.people.close(first);
    step(Duration.ofMinutes(5));
    step(Duration.ofMinutes(5));

    assertThat(stage.status(first).phase()).isEqualTo(Phase.Failed);
    assertThat(open()).hasSize(1).doesNotContain(first);
    assertThat(waiting()).isEqualTo(48);
  }

  @Test
  void oneThatIsHeldAfterItsBranchWasBegunKeepsItsPlace() {
    String first = open().getFirst();
    stage.people.close(first);
    stage.step(Duration.ofMinutes(5));
    stage.step(Duration.ofMinutes(5));
    String begun = letThrough().getFirst();
    stage.people.intend(begun);
    stage.people.loseTheAnswer(begun);

    // The gate holds this one alone.
    Map<String, Object> tooLong = Map.of("a", "x".repeat(ParsedAction.MOST_ARGUMENTS));
    stage.world.remediations.ask(
        begun, new ActionSpec(ActionType.IncreaseMemory, Map.of(), tooLong, null));
    stage.step(Duration.ofMinutes(5));
    stage.step(Duration.ofMinutes(5));
    assertThat(stage.status(begun).isTrue(ConditionType.Gated)).isFalse();
    assertThat(letThrough()).as("its pull request may be open").isEmpty();

    step(Duration.ofMinutes(5));
    step(Duration.ofMinutes(5));
    assertThat(open()).containsExactly(begun);
  }

  private List<String> letThrough() {
    return stage.world.remediations.all().stream()
        .filter(one -> !ended(one) && one.statusOrEmpty().isTrue(ConditionType.Gated))
        .map(one -> Objects.requireNonNull(one.getMetadata().getName()))
        .toList();
  }

  @Test
  void aMergeMakesRoomWhenItLeavesTheWindow() {
    stage.people.merge(open().getFirst());
    step(Duration.ofMinutes(1));
    assertThat(open()).isEmpty();
    step(Duration.ofMinutes(59));
    assertThat(open()).as("the effect is 59 minutes old").isEmpty();

    step(Duration.ofMinutes(2));
    assertThat(open()).hasSize(1);
    assertThat(stage.world.rules.broken).isEmpty();
  }
}
