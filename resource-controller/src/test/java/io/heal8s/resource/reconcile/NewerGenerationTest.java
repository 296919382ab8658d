// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.Approval;
import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.PendingPlan;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceContent;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.OnUnknown;
import io.heal8s.resource.store.ResourceStore.ApproveResult;
import io.heal8s.resource.store.ResourceTypeStore;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.Wakeups;
import io.heal8s.resource.testing.InstantPlugin;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of a run when something else is wanted before its end is recorded. */
@ExtendWith(PostgresExtension.class)
class NewerGenerationTest {

  private static final EngineSettings SETTINGS = EngineSettings.defaults();

  private final CountDownLatch dispatched = new CountDownLatch(1);
  private final CountDownLatch testEnds = new CountDownLatch(1);
  private final AtomicInteger applies = new AtomicInteger();

  /** Its first dispatch is never heard of again. */
  private final InstantPlugin once =
      new InstantPlugin("once", Capability.WRITE_AHEAD)
          .onApply(
              _ -> {
                if (applies.incrementAndGet() == 1) {
                  dispatched.countDown();
                  Latches.await(testEnds);
                }
                return InstantPlugin.done();
              });

  private EngineFixture fixture;
  private Database database;

  @BeforeEach
  void open(Database given) {
    database = given;
    fixture = new EngineFixture(given);
  }

  @AfterEach
  void close() throws Exception {
    testEnds.countDown();
    fixture.close();
  }

  /** What a process that is killed leaves: the dispatch is written ahead, the lease ran out. */
  private void leaseRunsOut(long id) {
    JdbcClient.create(database.pool())
        .sql(
            "UPDATE reconcile_work SET lease_owner = NULL, claimed_at = NULL,"
                + " due_at = clock_timestamp() WHERE resource_id = ?")
        .param(id)
        .update();
    fixture.wakeups.announce(Wakeups.Topic.WORK);
  }

  private void approve(long id) {
    PendingPlan plan = Objects.requireNonNull(fixture.find(id).pendingPlan());
    assertThat(fixture.resources.approve(id, plan.id())).isInstanceOf(ApproveResult.Approved.class);
  }

  private void awaitPlanOf(long id, long generation) {
    await()
        .until(
            () -> {
              PendingPlan plan = fixture.find(id).pendingPlan();
              return plan != null && plan.generation() == generation;
            });
  }

  private void dispatchApproved(long id) {
    awaitPlanOf(id, 1);
    approve(id);
    Latches.await(dispatched);
  }

  private List<Long> generations(long id) {
    return fixture.resources.history(id, 10, null).stream().map(HistoryEntry::generation).toList();
  }

  private List<Integer> sizes(InstantPlugin plugin, String call) {
    return plugin.calls().stream()
        .filter(made -> made.call().equals(call))
        .map(made -> made.request().spec().get("size").asInt())
        .toList();
  }

  @Test
  void redispatchDoesNotTakeAlongWhatNobodyApproved() {
    fixture.engine(SETTINGS.withOnUnknown(OnUnknown.REDISPATCH), once);
    long id = fixture.create(Samples.withApproval("one", "once"));
    dispatchApproved(id);

    fixture.update(id, "{\"size\": 2}");
    leaseRunsOut(id);
    awaitPlanOf(id, 2);

    assertThat(sizes(once, "apply")).as("only what was approved").containsExactly(1);
    assertThat(fixture.resources.history(id, 10, null))
        .singleElement()
        .satisfies(
            unsure -> {
              assertThat(unsure.generation()).isEqualTo(1);
              assertThat(unsure.success()).isFalse();
            });

    approve(id);
    fixture.awaitStatus(id, ResourceStatus.READY);
    assertThat(sizes(once, "apply")).containsExactly(1, 2);
    assertThat(generations(id)).containsExactly(2L, 1L);
  }

  @Test
  void dispatchThatNeverHappenedIsNotMadeUpForWhenSomethingElseIsWanted() {
    once.onRecover(_ -> Step.Failed.because("it was never sent"));
    fixture.engine(SETTINGS, once);
    long id = fixture.create(Samples.withApproval("one", "once"));
    dispatchApproved(id);

    fixture.update(id, "{\"size\": 2}");
    leaseRunsOut(id);
    awaitPlanOf(id, 2);

    assertThat(sizes(once, "apply")).containsExactly(1);
    assertThat(generations(id)).as("because nothing was applied").isEmpty();

    approve(id);
    fixture.awaitStatus(id, ResourceStatus.READY);
    assertThat(sizes(once, "apply")).containsExactly(1, 2);
    assertThat(generations(id)).containsExactly(2L);
  }

  @Test
  void whoWantsToApproveFromNowOnIsAskedBeforeADispatchThatNeverHappened() {
    once.onRecover(_ -> Step.Failed.because("it was never sent"));
    fixture.engine(SETTINGS, once);
    long id = fixture.create(Samples.resource("one", "once"));
    Latches.await(dispatched);

    Resource now = fixture.find(id);
    fixture.resources.update(
        id,
        new ResourceContent(now.spec(), now.pluginConfig(), now.metadata(), Approval.MANUAL),
        null);
    leaseRunsOut(id);
    awaitPlanOf(id, 1);

    assertThat(once.count("apply")).isEqualTo(1);
    approve(id);
    fixture.awaitStatus(id, ResourceStatus.READY);
    assertThat(once.count("apply")).isEqualTo(2);
  }

  @Test
  void approvedDispatchThatNeverHappenedIsMadeWithoutAskingAgain() {
    once.onRecover(_ -> Step.Failed.because("it was never sent"));
    fixture.engine(SETTINGS, once);
    long id = fixture.create(Samples.withApproval("one", "once"));
    dispatchApproved(id);

    leaseRunsOut(id);

    fixture.awaitStatus(id, ResourceStatus.READY);
    assertThat(once.count("plan")).as("for approval, then to carry it out").isEqualTo(2);
    assertThat(sizes(once, "apply")).containsExactly(1, 1);
    assertThat(generations(id)).containsExactly(1L);
  }

  @Test
  void dispatchIsLookedUpAsItWasMade() {
    once.onRecover(_ -> InstantPlugin.done());
    fixture.engine(SETTINGS, once);
    long id = fixture.create(Samples.resource("one", "once"));
    Latches.await(dispatched);

    fixture.update(id, "{\"size\": 2}");
    leaseRunsOut(id);
    await().until(() -> fixture.find(id).observedGeneration() == 2);

    assertThat(sizes(once, "recover")).containsExactly(1);
    assertThat(sizes(once, "apply")).containsExactly(1, 2);
    assertThat(generations(id)).containsExactly(2L, 1L);
  }

  @Test
  void outsideRunIsFollowedAsItWasBegun() {
    InstantPlugin slow = new InstantPlugin("slow");
    AtomicBoolean ended = new AtomicBoolean();
    slow.onApply(request -> request.generation() == 1 ? stillRunning() : InstantPlugin.done())
        .onPoll((_, _) -> ended.get() ? InstantPlugin.done() : stillRunning());
    fixture.engine(SETTINGS, slow);
    long id = fixture.create(Samples.resource("one", "slow"));
    await().until(() -> slow.count("poll") >= 1);

    long type = fixture.types.find("Thing", "v1").orElseThrow().id();
    fixture.types.update(
        type,
        new ResourceTypeStore.Change(null, null, null, Samples.json("{\"slow\": {\"at\": 2}}")),
        null);
    Resource now = fixture.find(id);
    fixture.resources.update(
        id,
        new ResourceContent(
            Samples.json("{\"size\": 2}"),
            Samples.json("{\"at\": 2}"),
            now.metadata(),
            now.approval()),
        null);
    long before = slow.count("poll");
    await().until(() -> slow.count("poll") >= before + 2);
    ended.set(true);
    await().until(() -> fixture.find(id).observedGeneration() == 2);

    assertThat(slow.calls())
        .filteredOn(made -> made.call().equals("poll"))
        .allSatisfy(
            made -> {
              assertThat(made.request().generation()).isEqualTo(1);
              assertThat(made.request().spec()).isEqualTo(Samples.json("{\"size\": 1}"));
              assertThat(made.request().pluginConfig()).isEqualTo(Samples.json("{}"));
              assertThat(made.request().typeMetadata()).isEqualTo(Samples.json("{}"));
            });
    assertThat(slow.calls().getLast().request())
        .satisfies(
            last -> {
              assertThat(last.spec()).isEqualTo(Samples.json("{\"size\": 2}"));
              assertThat(last.pluginConfig()).isEqualTo(Samples.json("{\"at\": 2}"));
              assertThat(last.typeMetadata()).isEqualTo(Samples.json("{\"slow\": {\"at\": 2}}"));
            });
    assertThat(generations(id)).containsExactly(2L, 1L);
  }

  private static Step stillRunning() {
    return new Step.Running(Samples.json("{\"run\": 7}"), Duration.ofMillis(20), null);
  }

  /** As a process before this version leaves it, with what it did not know of. */
  @Test
  void inputsThatAnOlderVersionKeptWithTheRunAreThoseOfTheRun() {
    InstantPlugin slow = new InstantPlugin("slow");
    AtomicBoolean ended = new AtomicBoolean();
    slow.onApply(request -> request.generation() == 1 ? stillRunning() : InstantPlugin.done())
        .onPoll((_, _) -> ended.get() ? InstantPlugin.done() : stillRunning());
    fixture.engine(SETTINGS, slow);
    long id = fixture.create(Samples.resource("one", "slow"));
    await()
        .until(
            () ->
                JdbcClient.create(database.pool())
                        .sql(
                            """
                            UPDATE reconcile_work SET
                              run = jsonb_set(run, '{inputs}', run_inputs || '{"spec": {"size": 9}}'),
                              run_inputs = run_inputs || '{"startedAt": "2026-01-01T00:00:00Z"}'
                            WHERE resource_id = ? AND lease_owner IS NULL AND run IS NOT NULL
                            """)
                        .param(id)
                        .update()
                    == 1);
    fixture.update(id, "{\"size\": 2}");
    long before = slow.count("poll");
    await().until(() -> slow.count("poll") >= before + 3);
    ended.set(true);
    await().until(() -> fixture.find(id).observedGeneration() == 2);

    assertThat(sizes(slow, "poll").subList((int) before + 1, (int) before + 3))
        .containsExactly(9, 9);
  }

  @Test
  void runThatAnOlderVersionBeganIsFollowedWithWhatIsKnown() {
    InstantPlugin slow = new InstantPlugin("slow");
    AtomicBoolean ended = new AtomicBoolean();
    slow.onApply(request -> request.generation() == 1 ? stillRunning() : InstantPlugin.done())
        .onPoll((_, _) -> ended.get() ? InstantPlugin.done() : stillRunning());
    fixture.engine(SETTINGS, slow);
    long id = fixture.create(Samples.resource("one", "slow"));
    await().until(() -> slow.count("poll") >= 1);

    await()
        .until(
            () ->
                JdbcClient.create(database.pool())
                        .sql(
                            "UPDATE reconcile_work SET run_inputs = NULL WHERE resource_id = ?"
                                + " AND lease_owner IS NULL AND run IS NOT NULL")
                        .param(id)
                        .update()
                    == 1);
    fixture.update(id, "{\"size\": 2}");
    ended.set(true);

    await().until(() -> fixture.find(id).observedGeneration() == 2);
    assertThat(generations(id)).containsExactly(2L, 1L);
  }
}
