// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.store.ResourceStore.ApproveResult;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.InstantPlugin;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What waits: for an outside run, for the next check for drift, for a person, for a slot. */
@ExtendWith(PostgresExtension.class)
class WaitingTest {

  private static final EngineSettings SETTINGS = EngineSettings.defaults();

  private final InstantPlugin plugin = new InstantPlugin("instant");
  private EngineFixture fixture;

  @BeforeEach
  void open(Database database) {
    fixture = new EngineFixture(database);
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void waitingForAnOutsideRunHoldsNoSlot() {
    plugin
        .onApply(_ -> new Step.Running(Samples.json("{\"run\": 7}"), Duration.ofMillis(20), null))
        .onPoll(
            (_, handle) -> handle.get("run").asInt() == 7 ? stillRunning() : InstantPlugin.done());
    InstantPlugin quick = new InstantPlugin("quick");
    fixture.engine(SETTINGS.withMaxConcurrent(1), plugin, quick);
    long slow = fixture.create(Samples.resource("slow", "instant"));
    await().until(() -> plugin.count("poll") >= 2);

    long fast = fixture.create(Samples.resource("fast", "quick"));
    fixture.awaitStatus(fast, ResourceStatus.READY);
    assertThat(fixture.find(slow).status()).isEqualTo(ResourceStatus.RECONCILING);

    plugin.onPoll((_, _) -> InstantPlugin.done());
    fixture.awaitStatus(slow, ResourceStatus.READY);
    assertThat(fixture.resources.history(slow, 10, null)).hasSize(1);
  }

  @Test
  void deletionCancelsAnOutsideRun() {
    InstantPlugin cancellable = new InstantPlugin("cancellable", Capability.CANCEL);
    cancellable
        .onApply(_ -> stillRunning())
        .onPoll((_, _) -> stillRunning())
        .onCancel((_, _) -> InstantPlugin.done());
    fixture.engine(SETTINGS, cancellable);
    long id = fixture.create(Samples.resource("one", "cancellable"));
    await().until(() -> cancellable.count("poll") >= 1);

    fixture.resources.delete(id, null);
    await().until(() -> fixture.resources.find(id).isEmpty());
    assertThat(cancellable.count("cancel")).isEqualTo(1);
    assertThat(cancellable.count("destroy")).isEqualTo(1);
  }

  @Test
  void driftIsAskedForAndRepaired() {
    InstantPlugin drifting = new InstantPlugin("drifting", Capability.DRIFT);
    AtomicInteger checks = new AtomicInteger();
    drifting.onDrift(
        _ ->
            checks.incrementAndGet() == 1
                ? new DriftResult.Drifted("somebody was there")
                : new DriftResult.InSync());
    fixture.engine(
        new EngineSettings(
            5,
            SETTINGS.perPlugin(),
            SETTINGS.perType(),
            SETTINGS.interval(),
            SETTINGS.backoff(),
            SETTINGS.onUnknown(),
            Duration.ofMillis(100),
            SETTINGS.lease(),
            SETTINGS.historyAge(),
            SETTINGS.historyPerResource(),
            SETTINGS.eventAge()),
        drifting);
    long id = fixture.create(Samples.resource("one", "drifting"));

    await().until(() -> checks.get() >= 4);

    assertThat(drifting.count("apply")).isEqualTo(2);
    assertThat(fixture.resources.history(id, 10, null))
        .as("because a check that finds nothing is no attempt")
        .extracting(HistoryEntry::driftDetected)
        .containsExactly(true, false);
  }

  @Test
  void manualApprovalHoldsThePlanAndAppliesTheApprovedOne() {
    fixture.engine(SETTINGS, plugin);
    long id = fixture.create(Samples.withApproval("one", "instant"));
    await().until(() -> fixture.find(id).pendingPlan() != null);

    assertThat(plugin.count("apply")).isZero();
    Resource waiting = fixture.find(id);
    assertThat(fixture.resources.approve(id, "another"))
        .isInstanceOf(ApproveResult.NotThatPlan.class);
    assertThat(fixture.resources.approve(id, Objects.requireNonNull(waiting.pendingPlan()).id()))
        .isInstanceOf(ApproveResult.Approved.class);

    Resource ready = fixture.awaitStatus(id, ResourceStatus.READY);
    assertThat(ready.pendingPlan()).isNull();
    assertThat(plugin.count("apply")).isEqualTo(1);
  }

  @Test
  void limitOfOnePluginLeavesTheOthersAlone() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    plugin.onApply(
        _ -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          Latches.await(mayEnd);
          inside.decrementAndGet();
          return InstantPlugin.done();
        });
    InstantPlugin quick = new InstantPlugin("quick");
    EngineSettings limited =
        new EngineSettings(
            5,
            java.util.Map.of("instant", 2),
            SETTINGS.perType(),
            SETTINGS.interval(),
            SETTINGS.backoff(),
            SETTINGS.onUnknown(),
            SETTINGS.driftInterval(),
            SETTINGS.lease(),
            SETTINGS.historyAge(),
            SETTINGS.historyPerResource(),
            SETTINGS.eventAge());
    fixture.engine(limited, plugin, quick);
    List<Long> slow =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(i -> fixture.create(Samples.resource("slow-" + i, "instant")))
            .toList();
    await().until(() -> inside.get() == 2);

    fixture.awaitStatus(fixture.create(Samples.resource("fast", "quick")), ResourceStatus.READY);
    mayEnd.countDown();
    slow.forEach(id -> fixture.awaitStatus(id, ResourceStatus.READY));
    assertThat(most.get()).isEqualTo(2);
  }

  private static Step stillRunning() {
    return new Step.Running(Samples.json("{\"run\": 7}"), Duration.ofMillis(20), null);
  }
}
