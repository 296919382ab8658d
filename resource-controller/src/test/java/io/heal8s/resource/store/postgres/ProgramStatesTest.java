// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.plugin.state.Credential;
import io.heal8s.resource.plugin.state.ProgramRun;
import io.heal8s.resource.plugin.state.ProgramRuns;
import io.heal8s.resource.plugin.state.ProgramRuns.Pulse;
import io.heal8s.resource.plugin.state.SavedPlan;
import io.heal8s.resource.plugin.state.StatePosition;
import io.heal8s.resource.plugin.state.StateStore.Answer;
import io.heal8s.resource.store.ResourceStore.CreateResult;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may write a state, and from when on no longer. */
@ExtendWith(PostgresExtension.class)
class ProgramStatesTest {

  private static final Duration LONG = Duration.ofMinutes(10);

  /** As if its process had died long ago. */
  private static final Duration OVER = Duration.ofSeconds(-1);

  private static final Answer DONE = new Answer.Done();
  private static final StatePosition FIRST = new StatePosition("l", 1, 1);

  private Wakeups wakeups;
  private JdbcProgramRuns runs;
  private JdbcStateStore states;
  private JdbcSavedPlans plans;
  private long resource;

  @BeforeEach
  void open(Database database) {
    wakeups = new Wakeups(database);
    runs = new JdbcProgramRuns(database);
    states = new JdbcStateStore(database);
    plans = new JdbcSavedPlans(database);
    new JdbcResourceTypeStore(database).create(Samples.type("Thing"));
    CreateResult created =
        new JdbcResourceStore(database, wakeups, Clock.systemUTC())
            .create(Samples.resource("one", "opentofu"));
    resource = ((CreateResult.Created) created).resource().id();
  }

  @AfterEach
  void close() {
    wakeups.close();
  }

  private UUID begun(String key, Duration lease, @Nullable String plan) {
    UUID id = new UUID(1, key.hashCode());
    boolean began =
        runs.begin(
            new ProgramRuns.Beginning(
                id,
                resource,
                key,
                ProgramRun.Operation.APPLY,
                new Credential(id.toString(), "password of " + key),
                lease,
                plan));
    assertThat(began).isTrue();
    return id;
  }

  @Test
  void aLockHasOneHolderAndNothingIsWrittenWithoutIt() {
    UUID run = begun("a", LONG, null);
    assertThat(states.write(resource, run, "L1", FIRST, "{}")).isInstanceOf(Answer.Locked.class);
    assertThat(states.lock(resource, run, "L1", "{\"ID\":\"L1\"}")).isEqualTo(DONE);
    assertThat(states.lock(resource, run, "L1", "{\"ID\":\"L1\"}")).isEqualTo(DONE);
    assertThat(states.write(resource, run, "L2", FIRST, "{}")).isInstanceOf(Answer.Locked.class);
    assertThat(states.write(resource, run, "L1", FIRST, "{\"serial\":1}")).isEqualTo(DONE);
    assertThat(states.read(resource)).contains("{\"serial\":1}");
    assertThat(states.position(resource)).isEqualTo(FIRST);
    assertThat(states.unlock(resource, run, "L2")).isInstanceOf(Answer.Locked.class);
    assertThat(states.unlock(resource, run, "L1")).isEqualTo(DONE);
    assertThat(runs.find(run).orElseThrow())
        .matches(each -> each.locked() && each.released() && each.alive());
  }

  @Test
  void aStateThatDoesNotFollowIsRefused() {
    UUID run = begun("a", LONG, null);
    states.lock(resource, run, "L1", "{}");
    states.write(resource, run, "L1", new StatePosition("l", 5, 1), "{}");
    assertThat(states.write(resource, run, "L1", new StatePosition("l", 4, 1), "{}"))
        .isInstanceOf(Answer.Conflict.class);
    assertThat(states.write(resource, run, "L1", new StatePosition("other", 6, 1), "{}"))
        .isInstanceOf(Answer.Conflict.class);
    assertThat(states.delete(resource, run)).isEqualTo(DONE);
    assertThat(states.read(resource)).isEmpty();
    assertThat(states.position(resource)).isEqualTo(StatePosition.NONE);
  }

  @Test
  void whileARunIsAliveNoOtherBegins() {
    UUID first = begun("a", LONG, null);
    ProgramRuns.Beginning second =
        new ProgramRuns.Beginning(
            new UUID(2, 2),
            resource,
            "b",
            ProgramRun.Operation.DESTROY,
            new Credential("b", "b"),
            LONG,
            null);
    assertThat(runs.begin(second)).isFalse();
    runs.end(first, new ProgramRun.Ending(true, true, "", "", 1, 0, 0, Samples.json("{\"a\":1}")));
    assertThat(runs.find(first).map(ProgramRun::ending).map(ProgramRun.Ending::outputs))
        .contains(Samples.json("{\"a\":1}"));
    assertThat(runs.begin(second)).isTrue();
  }

  @Test
  void theNextRunTakesLockAndRightFromOneWhoseProcessDied() {
    UUID dead = begun("a", OVER, null);
    Credential old = new Credential(dead.toString(), "password of a");
    states.lock(resource, dead, "L1", "{}");
    states.write(resource, dead, "L1", FIRST, "{\"by\":\"a\"}");
    assertThat(states.writer(resource, old)).contains(dead);
    assertThat(runs.ofDispatch("a").orElseThrow())
        .matches(run -> !run.alive() && run.locked() && !run.released());

    UUID next = begun("b", LONG, null);
    assertThat(states.writer(resource, old)).isEmpty();
    assertThat(
            states.write(resource, dead, "L1", new StatePosition("l", 2, 1), "{\"by\":\"dead\"}"))
        .as("what it sends late must not lie over what the next one stores")
        .isEqualTo(new Answer.Superseded());
    assertThat(states.unlock(resource, dead, "L1")).isEqualTo(new Answer.Superseded());
    assertThat(runs.beat(dead, LONG)).isEqualTo(Pulse.SUPERSEDED);
    assertThat(states.read(resource)).contains("{\"by\":\"a\"}");
    assertThat(states.lock(resource, next, "L2", "{}")).isEqualTo(DONE);
  }

  @Test
  void whoeverHasARunHearsThatItShallStop() {
    UUID run = begun("a", LONG, null);
    assertThat(runs.beat(run, LONG)).isEqualTo(Pulse.GO_ON);
    runs.askToStop(run);
    assertThat(runs.beat(run, LONG)).isEqualTo(Pulse.STOP);
    assertThat(states.writer(resource, new Credential(run.toString(), "wrong"))).isEmpty();
  }

  @Test
  void aPlanIsTakenByTheRunThatAppliesIt() {
    SavedPlan plan =
        new SavedPlan(
            resource, "p1", 3, "inputs", FIRST, "", "text", Instant.parse("2026-11-01T10:00:00Z"));
    plans.save(plan, new byte[] {1, 2});
    assertThat(plans.find(resource)).contains(plan);
    assertThat(plans.file(plan).orElseThrow()).containsExactly(1, 2);
    begun("a", OVER, null);
    assertThat(plans.find(resource)).as("it is not the one that was taken").contains(plan);
    begun("b", LONG, "p1");
    assertThat(plans.find(resource)).isEmpty();
    assertThat(plans.file(plan)).isEmpty();
  }

  @Test
  void aStateThatArrivedAndIsNotStoredIsMissing() {
    UUID run = begun("a", OVER, null);
    states.lock(resource, run, "L1", "{}");
    states.announce(run);
    states.unlock(resource, run, "L1");
    assertThat(runs.find(run).orElseThrow().released())
        .as("what it made is in no state, though it let go")
        .isFalse();
    assertThat(states.lock(resource, run, "L2", "{}")).isEqualTo(DONE);
    states.announce(run);
    assertThat(states.write(resource, run, "L2", FIRST, "{}")).isEqualTo(DONE);
    states.unlock(resource, run, "L2");
    assertThat(runs.find(run).orElseThrow().released()).isTrue();
  }

  @Test
  void aLockThatARunCouldNotTakeBackIsItsOwn() {
    UUID run = begun("a", LONG, null);
    states.lock(resource, run, "L1", "{}");
    assertThat(states.lock(resource, run, "L2", "{}")).isEqualTo(DONE);
    assertThat(states.write(resource, run, "L1", FIRST, "{}")).isInstanceOf(Answer.Locked.class);
    assertThat(states.write(resource, run, "L2", FIRST, "{}")).isEqualTo(DONE);
  }

  @Test
  void theCredentialEndsWithTheRun() {
    UUID run = begun("a", LONG, null);
    Credential credential = new Credential(run.toString(), "password of a");
    states.lock(resource, run, "L1", "{}");
    assertThat(states.writer(resource, credential)).contains(run);
    runs.end(run, new ProgramRun.Ending(true, true, "", "", 0, 0, 0, null));
    assertThat(states.writer(resource, credential)).isEmpty();
    assertThat(states.write(resource, run, "L1", FIRST, "{}")).isEqualTo(new Answer.Superseded());
    assertThat(runs.newest(resource)).map(ProgramRun::id).contains(run);
  }

  @Test
  void withoutItsPlanNothingBegins() {
    ProgramRuns.Beginning beginning =
        new ProgramRuns.Beginning(
            new UUID(5, 5),
            resource,
            "c",
            ProgramRun.Operation.APPLY,
            new Credential("c", "c"),
            LONG,
            "gone");
    assertThat(runs.begin(beginning)).isFalse();
    assertThat(runs.newest(resource)).isEmpty();
  }

  @Test
  void aPersonIsToldOnce() {
    UUID run = begun("a", OVER, null);
    assertThat(runs.tell(run)).isTrue();
    assertThat(runs.tell(run)).isFalse();
  }
}
