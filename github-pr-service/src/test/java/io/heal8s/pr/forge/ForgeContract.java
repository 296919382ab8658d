// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.Condition;
import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.ConditionType;
import io.heal8s.core.api.k8shealer.remediation.MergedValue;
import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.PullRequest.State;
import io.heal8s.core.decide.Outcome;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every forge must do, told by what is in the world afterwards: branches, files, pull requests
 * and the status of the Remediation.
 */
public abstract class ForgeContract {

  private @Nullable ForgeWorld world;
  private @Nullable Life life;

  /** A fresh world whose base holds {@link Samples#MANIFEST} at {@link ForgeWorld#PATH}. */
  protected abstract ForgeWorld world() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    ForgeWorld fresh = world();
    world = fresh;
    life = new Life(Samples.planned(fresh.repository()), fresh.clock());
  }

  @AfterEach
  void end() {
    if (world != null) {
      world.close();
    }
  }

  protected final ForgeWorld here() {
    return Objects.requireNonNull(world);
  }

  protected final Life life() {
    return Objects.requireNonNull(life);
  }

  /** The branch that status names. */
  protected final String branch() {
    return Objects.requireNonNull(life().pullRequest().branch());
  }

  private void opened() {
    life().run(here().forge());
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  private void nextLook() {
    here().later();
    life().run(here().forge());
  }

  private Condition condition(ConditionType type) {
    return Objects.requireNonNull(life().condition(type), type + " is not set");
  }

  private static MergedValue limit(String value) {
    return new MergedValue(Samples.LIMIT, value, null, null);
  }

  @Test
  void opensOneBranchWithOneCommitThatChangesOnlyTheValue() {
    Outcome outcome = life().run(here().forge());

    assertThat(here().branch(branch(), ForgeWorld.PATH)).isEqualTo(Samples.manifest("320Mi"));
    assertThat(here().commits(branch())).isEqualTo(1);
    assertThat(here().made()).isEqualTo(1);
    assertThat(here().base(ForgeWorld.PATH)).isEqualTo(Samples.MANIFEST);
    assertThat(branch()).matches("heal8s/increase-memory/api-[0-9a-f]{8}");
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(life().pullRequest().headSHA()).matches("[0-9a-f]{40}");
    assertThat(life().remediation().statusOrEmpty().commitSHA())
        .isEqualTo(life().pullRequest().headSHA());
    assertThat(life().remediation().statusOrEmpty().prUrl()).isNotBlank();
    assertThat(condition(ConditionType.PullRequestOpen).status()).isEqualTo(Condition.Status.True);
    assertThat(outcome).isInstanceOf(Outcome.Waiting.class);
    assertThat(life().told()).containsExactly("PullRequestOpened");
  }

  @Test
  void recordsTheIntentBeforeItTouchesTheForge() {
    life().step(here().forge());

    assertThat(life().pullRequest().state()).isEqualTo(State.Pending);
    assertThat(life().pullRequest().baseSHA()).matches("[0-9a-f]{40}");
    assertThat(here().made()).isZero();
  }

  @Test
  void writesNothingWhileNothingHappens() {
    opened();
    int writes = life().writes();
    for (int i = 0; i < 5; i++) {
      nextLook();
    }
    assertThat(life().writes()).isEqualTo(writes);
  }

  @Test
  void isFoundAgainWhenTheResultWasNotRecorded() {
    life().step(here().forge());
    life().killBeforeNextWrite();
    life().step(here().forge());
    assertThat(life().pullRequest().state()).isEqualTo(State.Pending);
    assertThat(here().made()).isEqualTo(1);

    life().run(here().another());

    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(here().made()).isEqualTo(1);
    assertThat(here().commits(branch())).isEqualTo(1);
  }

  @Test
  void isFoundAgainWhenTheReplyWasLost() {
    life().step(here().forge());
    here().loseNextReply();
    Outcome lost = life().step(here().forge());
    assertThat(lost).isNotInstanceOf(Outcome.Done.class);
    assertThat(life().pullRequest().state()).isEqualTo(State.Pending);
    assertThat(here().made()).isEqualTo(1);

    nextLook();

    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(here().made()).isEqualTo(1);
    assertThat(here().commits(branch())).isEqualTo(1);
  }

  @Test
  void isFoundAgainWhenStatusWasLostAltogether() {
    opened();
    Life restored = new Life(Samples.planned(here().repository()), here().clock());

    restored.run(here().another());

    assertThat(restored.pullRequest().state()).isEqualTo(State.Open);
    assertThat(restored.pullRequest().headSHA()).isEqualTo(life().pullRequest().headSHA());
    assertThat(here().made()).isEqualTo(1);
  }

  @Test
  void twoProcessesThatOpenAtOnceMakeOne() throws Exception {
    Life other = new Life(Samples.planned(here().repository()), here().clock());
    life().step(here().forge());
    other.step(here().another());
    CountDownLatch both = new CountDownLatch(2);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> one = threads.submit(() -> together(both, life(), here().forge()));
      Future<?> two = threads.submit(() -> together(both, other, here().another()));
      one.get();
      two.get();
    }
    here().later();
    life().run(here().forge());
    other.run(here().another());

    assertThat(here().made()).isEqualTo(1);
    assertThat(here().commits(branch())).isEqualTo(1);
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(other.pullRequest().headSHA()).isEqualTo(life().pullRequest().headSHA());
  }

  private static Outcome together(CountDownLatch both, Life life, Forge forge)
      throws InterruptedException {
    both.countDown();
    both.await();
    return life.run(forge);
  }

  @Test
  void aMergeIsSeenWithItsValues() {
    opened();
    here().merge(branch());
    nextLook();
    assertMerged("320Mi");
  }

  @Test
  void aSquashIsSeenWithItsValues() {
    opened();
    here().squash(branch());
    nextLook();
    assertMerged("320Mi");
  }

  @Test
  void aRebaseIsSeenWithItsValues() {
    opened();
    here().commit("README.md", "another commit on the base\n");
    here().rebase(branch());
    nextLook();
    assertMerged("320Mi");
  }

  @Test
  void theReviewersOwnValueIsSeen() {
    opened();
    here().push(branch(), ForgeWorld.PATH, Samples.manifest("1Gi"));
    here().squash(branch());
    nextLook();
    assertMerged("1Gi");
  }

  private void assertMerged(String value) {
    assertThat(life().pullRequest().state()).isEqualTo(State.Merged);
    assertThat(life().pullRequest().mergedValues()).containsExactly(limit(value));
    assertThat(life().pullRequest().mergedAt()).isNotNull();
    assertThat(life().pullRequest().mergeCommit()).matches("[0-9a-f]{40}");
    assertThat(condition(ConditionType.PullRequestMerged).status())
        .isEqualTo(Condition.Status.True);
    assertThat(condition(ConditionType.PullRequestOpen).status()).isEqualTo(Condition.Status.False);
    assertThat(life().told()).containsExactly("PullRequestOpened", "PullRequestMerged");
  }

  @Test
  void closedByAPersonIsARefusal() {
    opened();
    here().close(branch());
    nextLook();
    nextLook();

    assertThat(life().pullRequest().state()).isEqualTo(State.Closed);
    assertThat(life().pullRequest().closedAt()).isNotNull();
    assertThat(condition(ConditionType.PullRequestMerged).status())
        .isEqualTo(Condition.Status.False);
    assertThat(condition(ConditionType.PullRequestMerged).reason()).isEqualTo("Refused");
    assertThat(life().told()).containsExactly("PullRequestOpened", "PullRequestRefused");
  }

  @Test
  void aMovedHeadIsNotedAndLeft() {
    opened();
    String own = life().pullRequest().headSHA();
    here().push(branch(), "notes.txt", "a reviewer's file\n");
    nextLook();

    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(life().pullRequest().headSHA()).isEqualTo(own);
    assertThat(life().pullRequest().message()).contains("somebody pushed");
    assertThat(life().remediation().statusOrEmpty().commitSHA()).isNotEqualTo(own);
    assertThat(here().branch(branch(), "notes.txt")).isEqualTo("a reviewer's file\n");
  }

  @Test
  void aBranchOfAStrangerIsNeverTouched() {
    life().step(here().forge());
    here().strangersBranch(branch());
    String before = here().branch(branch(), "stranger.txt");
    here().later();
    life().run(here().forge());

    assertThat(here().branch(branch(), "stranger.txt")).isEqualTo(before);
    assertThat(here().branch(branch(), ForgeWorld.PATH)).isEqualTo(Samples.MANIFEST);
    assertThat(condition(ConditionType.PullRequestOpen).reason()).isEqualTo("BranchTaken");
    life().operator(r -> Samples.ended(r, Phase.Expired));
    nextLook();
    assertThat(here().exists(branch())).isTrue();
  }

  @Test
  void aBaseThatHoldsTheValueAlreadyNeedsNoPullRequest() {
    here().commit(ForgeWorld.PATH, Samples.manifest("512Mi"));
    Outcome outcome = life().run(here().forge());

    assertThat(life().pullRequest().state()).isEqualTo(State.NotYetSynced);
    assertThat(life().pullRequest().mergedValues()).containsExactly(limit("512Mi"));
    assertThat(here().made()).isZero();
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aBaseThatMovedElsewhereIsBranchedFromAnew() {
    life().step(here().forge());
    String moved = "# another heading\n" + Samples.MANIFEST;
    here().commit(ForgeWorld.PATH, moved);
    nextLook();

    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
    assertThat(here().branch(branch(), ForgeWorld.PATH))
        .isEqualTo("# another heading\n" + Samples.manifest("320Mi"));
    assertThat(here().commits(branch())).isEqualTo(1);
  }

  @Test
  void aFileThatIsNotThereIsSaidAndFoundOnceItIs() {
    here().commit(ForgeWorld.PATH, "");
    Outcome outcome = life().run(here().forge());
    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(condition(ConditionType.PullRequestOpen).reason()).isEqualTo("ObjectNotFound");

    here().commit(ForgeWorld.PATH, Samples.MANIFEST);
    nextLook();
    assertThat(life().pullRequest().state()).isEqualTo(State.Open);
  }

  @Test
  void anEndedRemediationClosesItsPullRequestAndDeletesItsBranch() {
    opened();
    life().operator(r -> Samples.ended(r, Phase.Expired));
    nextLook();

    assertThat(here().exists(branch())).isFalse();
    assertThat(life().pullRequest().state()).isEqualTo(State.Closed);
    assertThat(condition(ConditionType.PullRequestMerged).reason()).isEqualTo("Withdrawn");
    assertThat(life().pullRequest().message()).contains("Expired");
  }

  @Test
  void anEndedRemediationLeavesABranchThatOthersPushedTo() {
    opened();
    here().push(branch(), "notes.txt", "a reviewer's file\n");
    life().operator(r -> Samples.ended(r, Phase.Expired));
    nextLook();

    assertThat(here().branch(branch(), "notes.txt")).isEqualTo("a reviewer's file\n");
    assertThat(life().pullRequest().state()).isEqualTo(State.Closed);
    assertThat(life().pullRequest().message()).contains("somebody else");
  }

  @Test
  void anEndedRemediationThatWasMergedMeanwhileSaysSo() {
    opened();
    here().merge(branch());
    life().operator(r -> Samples.ended(r, Phase.Expired));
    nextLook();
    assertThat(life().pullRequest().state()).isEqualTo(State.Merged);
  }

  @Test
  void theRevertHasItsOwnBranchAndIsWatchedToo() {
    opened();
    here().merge(branch());
    nextLook();
    life()
        .operator(
            r ->
                Samples.reverting(
                    r, Change.of(Samples.LIMIT, "320Mi", "256Mi", Change.ValueType.string)));
    nextLook();

    String revert = Objects.requireNonNull(life().revertPullRequest().branch());
    assertThat(life().revertPullRequest().state()).isEqualTo(State.Open);
    assertThat(revert).matches("heal8s/revert/api-[0-9a-f]{8}");
    assertThat(revert.substring(revert.length() - 8))
        .isEqualTo(branch().substring(branch().length() - 8));
    assertThat(here().branch(revert, ForgeWorld.PATH)).isEqualTo(Samples.MANIFEST);
    assertThat(condition(ConditionType.RevertOpen).status()).isEqualTo(Condition.Status.True);
    assertThat(life().pullRequest().state()).isEqualTo(State.Merged);

    here().squash(revert);
    nextLook();
    assertThat(life().revertPullRequest().state()).isEqualTo(State.Merged);
    assertThat(life().revertPullRequest().mergedValues()).containsExactly(limit("256Mi"));
    assertThat(condition(ConditionType.RevertMerged).status()).isEqualTo(Condition.Status.True);
    assertThat(life().told())
        .isEqualTo(
            List.of("PullRequestOpened", "PullRequestMerged", "RevertOpened", "RevertMerged"));
  }

  @Test
  void aRevertThatIsClosedByAPersonIsARefusal() {
    opened();
    here().merge(branch());
    nextLook();
    life()
        .operator(
            r ->
                Samples.reverting(
                    r, Change.of(Samples.LIMIT, "320Mi", "256Mi", Change.ValueType.string)));
    nextLook();
    here().close(Objects.requireNonNull(life().revertPullRequest().branch()));
    nextLook();
    nextLook();

    assertThat(life().revertPullRequest().state()).isEqualTo(State.Closed);
    assertThat(condition(ConditionType.RevertMerged).reason()).isEqualTo("Refused");
  }

  @Test
  void aRepositoryThatDoesNotExistIsSaid() {
    Life lost =
        new Life(
            Samples.planned(Samples.elsewhere(here().repository(), "no-such-repository")),
            here().clock());
    Outcome outcome = lost.run(here().forge());

    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(Objects.requireNonNull(lost.condition(ConditionType.PullRequestOpen)).reason())
        .isEqualTo("RepositoryNotFound");
  }

  @Test
  void aBaseBranchThatDoesNotExistIsSaidAndHurtsNoOther() {
    Life lost =
        new Life(
            Samples.planned(Samples.onBranch(here().repository(), "no-such-branch"), "rem-other-1"),
            here().clock());
    Outcome outcome = lost.run(here().forge());

    assertThat(outcome).isInstanceOf(Outcome.Stalled.class);
    assertThat(Objects.requireNonNull(lost.condition(ConditionType.PullRequestOpen)).reason())
        .isEqualTo("BaseBranchNotFound");
    opened();
  }
}
