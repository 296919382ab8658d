// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Phase;
import io.heal8s.core.api.k8shealer.remediation.RemediationStatus;
import io.heal8s.operator.testing.Rem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole lives, from the alert to the end, as users see them. */
class LifeTest {

  private final World world = new World();
  private final People people = new People(world);
  private final Operator operator = new Operator(world);
  private final List<String> phases = new ArrayList<>();

  @AfterEach
  void rulesOfTheHouseHold() {
    assertThat(world.rules.broken).isEmpty();
  }

  private RemediationStatus status(String name) {
    return world.remediations.get(name).statusOrEmpty();
  }

  private void step(Duration time) {
    world.pass(time);
    operator.settle();
    String now = status("a").phase() + "/" + status("a").reason();
    if (phases.isEmpty() || !phases.getLast().equals(now)) {
      phases.add(now);
    }
  }

  @Test
  void throughGitToHealthy() {
    world.remediations.create(Rem.fresh("a").build());
    step(Duration.ZERO);
    people.openPullRequests();
    step(Duration.ofSeconds(5));
    people.merge("a");
    step(Duration.ofMinutes(30));
    people.sync();
    step(Duration.ofSeconds(1));
    step(Duration.ofSeconds(61));

    assertThat(phases)
        .containsExactly(
            "Pending/ReadyToAct",
            "PRCreated/PullRequestOpen",
            "Applying/Merged",
            "Verifying/Verifying",
            "Succeeded/Healthy");
    assertThat(world.workload.limit()).isEqualTo("320Mi");
    assertThat(world.told)
        .containsExactly(
            "a RemediationCreated",
            "a PullRequestCreated",
            "a RemediationApplied",
            "a RemediationSucceeded");
  }

  @Test
  void anOutageOfTheForgeIsAWait() {
    people.trouble = "ForgeUnavailable";
    world.remediations.create(Rem.fresh("a").build());
    step(Duration.ZERO);
    people.openPullRequests();
    step(Duration.ofHours(2));
    people.trouble = null;
    people.openPullRequests();
    step(Duration.ofSeconds(1));

    assertThat(phases)
        .containsExactly(
            "Pending/ReadyToAct", "Pending/ForgeUnavailable", "PRCreated/PullRequestOpen");
    assertThat(world.told).containsExactly("a RemediationCreated", "a PullRequestCreated");
  }

  @Test
  void anOutageDuringARevertFailsNothing() {
    world.workload.need = 1L << 40;
    world.remediations.create(Rem.fresh("a").build());
    step(Duration.ZERO);
    people.openPullRequests();
    people.merge("a");
    step(Duration.ofSeconds(1));
    people.sync();
    step(Duration.ofSeconds(1));
    step(Duration.ofMinutes(10));
    people.trouble = "ForgeUnavailable";
    people.openPullRequests();
    step(Duration.ofHours(1));
    step(Duration.ofHours(24));
    people.trouble = null;
    people.openPullRequests();
    people.merge("a");
    people.sync();
    step(Duration.ofSeconds(1));

    assertThat(phases)
        .containsExactly(
            "Pending/ReadyToAct",
            "Applying/Merged",
            "Verifying/Verifying",
            "Applying/Undoing",
            "Applying/ForgeUnavailable",
            "Applying/RevertNotMerged",
            "RolledBack/NotHealthy");
  }

  @Test
  void whatWasPushedUnseenIsFoundAlthoughThePolicyForbidsItNow() {
    world.remediations.create(Rem.fresh("a").build());
    step(Duration.ZERO);
    people.intend("a");
    step(Duration.ofSeconds(1));
    people.loseTheAnswer("a");
    step(Duration.ofSeconds(1));
    world.policy("{\"allow\":{\"actions\":[\"ScaleUp\"]}}");
    step(Duration.ofSeconds(1));
    people.openPullRequests();
    step(Duration.ofSeconds(1));
    people.merge("a");
    step(Duration.ofSeconds(1));

    assertThat(phases)
        .containsExactly(
            "Pending/ReadyToAct",
            "Pending/ForgeUnavailable",
            "Pending/ActionNotAllowed",
            "PRCreated/PullRequestOpen",
            "Applying/Merged");
  }

  @Test
  void whatWasNeverPushedIsNotPushedOnceThePolicyForbidsIt() {
    world.remediations.create(Rem.fresh("a").build());
    step(Duration.ZERO);
    people.intend("a");
    step(Duration.ofSeconds(1));
    world.policy("{\"allow\":{\"actions\":[\"ScaleUp\"]}}");
    step(Duration.ofSeconds(1));
    people.openPullRequests();
    step(Duration.ofSeconds(150));
    assertThat(status("a").pullRequest()).as("it may come late").isNotNull();
    people.openPullRequests();
    step(Duration.ofSeconds(1));
    assertThat(status("a").pullRequest()).isNull();
    assertThat(status("a").reason()).isEqualTo("ActionNotAllowed");

    world.policy(World.POLICY);
    step(Duration.ofSeconds(1));
    people.openPullRequests();
    step(Duration.ofSeconds(1));
    assertThat(status("a").phase()).isEqualTo(Phase.PRCreated);
  }

  @Test
  void directlyToHealthy() {
    world.remediations.create(Rem.fresh("a").direct().approval(false).build());
    step(Duration.ZERO);
    step(Duration.ofSeconds(61));

    assertThat(phases).containsExactly("Verifying/Verifying", "Succeeded/Healthy");
    assertThat(world.workload.limit()).isEqualTo("320Mi");
  }

  @Test
  void directlyAfterApproval() {
    world.remediations.create(Rem.fresh("a").direct().build());
    step(Duration.ZERO);
    world.remediations.annotate("a", "heal8s.io/approve", "eve");
    world.remediations.annotate(
        "a", "heal8s.io/approved-plan", java.util.Objects.requireNonNull(status("a").plan()).id());
    step(Duration.ofHours(3));
    step(Duration.ofSeconds(61));

    assertThat(phases)
        .containsExactly(
            "AwaitingApproval/ApprovalRequired", "Verifying/Verifying", "Succeeded/Healthy");
  }

  @Test
  void directlyAndBack() {
    world.workload.need = 1L << 40;
    world.remediations.create(Rem.fresh("a").direct().approval(false).build());
    step(Duration.ZERO);
    step(Duration.ofMinutes(10));

    assertThat(phases).containsExactly("Verifying/Verifying", "RolledBack/NotHealthy");
    assertThat(world.workload.limit()).isEqualTo("256Mi");
  }

  @Test
  void throughGitAndBack() {
    world.workload.need = 1L << 40;
    world.remediations.create(Rem.fresh("a").build());
    step(Duration.ZERO);
    people.openPullRequests();
    people.merge("a");
    step(Duration.ofSeconds(1));
    people.sync();
    step(Duration.ofSeconds(1));
    step(Duration.ofMinutes(10));
    people.openPullRequests();
    step(Duration.ofSeconds(1));
    people.merge("a");
    step(Duration.ofSeconds(1));
    people.sync();
    step(Duration.ofSeconds(1));

    assertThat(phases)
        .containsExactly(
            "Pending/ReadyToAct",
            "Applying/Merged",
            "Verifying/Verifying",
            "Applying/Undoing",
            "RolledBack/NotHealthy");
    assertThat(world.workload.limit()).isEqualTo("256Mi");
  }

  @Test
  void aCrashLoopRaisesOnce() {
    world.remediations.create(Rem.fresh("a").direct().approval(false).build());
    step(Duration.ZERO);
    for (int i = 0; i < 20; i++) {
      world.remediations.create(
          Rem.fresh("again-" + i)
              .direct()
              .approval(false)
              .created(Duration.ofSeconds(i))
              .startsAt(Duration.ofSeconds(-20 + i))
              .build());
      step(Duration.ofSeconds(1));
    }
    step(Duration.ofMinutes(2));
    step(Duration.ofHours(1));

    assertThat(world.workload.limit())
        .as("one raise, however many restarts alerted")
        .isEqualTo("320Mi");
    assertThat(world.remediations.all())
        .filteredOn(one -> !"a".equals(one.getMetadata().getName()))
        .allSatisfy(one -> assertThat(one.statusOrEmpty().phase()).isEqualTo(Phase.Superseded));
  }

  @Test
  void atRestNothingIsWrittenAndNothingIsRead() {
    world.remediations.create(Rem.fresh("a").build());
    world.remediations.create(
        Rem.fresh("b")
            .direct()
            .action(io.heal8s.core.api.k8shealer.remediation.ActionType.ScaleUp)
            .build());
    step(Duration.ZERO);
    people.openPullRequests();
    step(Duration.ofSeconds(1));
    int writes = world.remediations.statusWrites;
    int reads = world.workload.reads;

    for (int i = 0; i < 10; i++) {
      step(Duration.ofMinutes(1));
    }

    assertThat(status("a").phase()).isEqualTo(Phase.PRCreated);
    assertThat(status("b").phase()).isEqualTo(Phase.AwaitingApproval);
    assertThat(world.remediations.statusWrites).isEqualTo(writes);
    assertThat(world.workload.reads).isEqualTo(reads);
  }
}
