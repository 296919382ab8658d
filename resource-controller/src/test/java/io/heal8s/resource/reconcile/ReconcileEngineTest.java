// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.NewResource;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceContent;
import io.heal8s.resource.model.ResourceEvent;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.DriftResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.OnUnknown;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.ResourceStore.ApproveResult;
import io.heal8s.resource.store.ResourceStore.CreateResult;
import io.heal8s.resource.store.ResourceStore.DeleteResult;
import io.heal8s.resource.store.ResourceStore.UpdateResult;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.InstantPlugin;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The loop on a real PostgreSQL, with a plugin that does what a test says. */
@ExtendWith(PostgresExtension.class)
class ReconcileEngineTest {

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
  void newResourceBecomesReadyWithHistoryAndEvents() {
    fixture.engine(SETTINGS, plugin);
    long id = create(Samples.resource("one", "instant"));

    Resource ready = awaitStatus(id, ResourceStatus.READY);

    assertThat(ready.observedGeneration()).isEqualTo(1);
    assertThat(ready.statusMessage()).isEqualTo("Reconciliation successful");
    assertThat(ready.lastReconcileTime()).isNotNull();
    assertThat(ready.nextReconcileTime()).as("because the plugin finds no drift").isNull();
    assertThat(ready.conditions())
        .extracting(each -> each.type() + "=" + each.status())
        .containsExactly("Ready=True", "Reconciling=False", "Degraded=False");
    assertThat(fixture.resources.history(id, 10, null))
        .singleElement()
        .satisfies(
            attempt -> {
              assertThat(attempt.success()).isTrue();
              assertThat(attempt.generation()).isEqualTo(1);
              assertThat(attempt.trigger()).isEqualTo(Trigger.INITIAL);
              assertThat(attempt.updated()).isEqualTo(1);
            });
    await()
        .untilAsserted(
            () ->
                assertThat(eventTypes()).containsExactly(EventType.CREATED, EventType.RECONCILED));
  }

  @Test
  void updateDuringARunIsFollowedByOneForTheNewGeneration() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    plugin.onApply(
        request -> {
          began.countDown();
          awaitLatch(mayEnd);
          return InstantPlugin.done();
        });
    fixture.engine(SETTINGS, plugin);
    long id = create(Samples.resource("one", "instant"));
    awaitLatch(began);

    assertThat(find(id).status()).isEqualTo(ResourceStatus.RECONCILING);
    assertThat(update(id, "{\"size\": 2}")).isInstanceOf(UpdateResult.Updated.class);
    mayEnd.countDown();

    await().until(() -> find(id).observedGeneration() == 2);
    assertThat(fixture.resources.history(id, 10, null))
        .extracting(HistoryEntry::generation)
        .as("because history tells what was applied, not what was wanted at the end")
        .containsExactly(2L, 1L);
    assertThat(plugin.calls())
        .filteredOn(made -> made.call().equals("apply"))
        .extracting(made -> made.request().spec().get("size").asInt())
        .containsExactly(1, 2);
  }

  @Test
  void unchangedUpdateDoesNothing() {
    fixture.engine(SETTINGS, plugin);
    long id = create(Samples.resource("one", "instant"));
    awaitStatus(id, ResourceStatus.READY);

    assertThat(update(id, "{\"size\": 1}")).isInstanceOf(UpdateResult.Unchanged.class);
    assertThat(find(id).generation()).isEqualTo(1);
    assertThat(plugin.count("apply")).isEqualTo(1);
  }

  @Test
  void failureIsTriedAgainAfterAMinuteAndNotBefore() {
    plugin.onApply(_ -> Step.Failed.because("no such workflow"));
    fixture.engine(SETTINGS, plugin);
    long id = create(Samples.resource("one", "instant"));

    Resource failed = awaitStatus(id, ResourceStatus.FAILED);

    assertThat(failed.statusMessage()).isEqualTo("no such workflow");
    assertThat(failed.retryCount()).isEqualTo(1);
    assertThat(failed.observedGeneration()).isZero();
    assertThat(Duration.between(failed.lastReconcileTime(), failed.nextReconcileTime()))
        .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(70));
    assertThat(plugin.count("apply")).isEqualTo(1);

    plugin.onApply(_ -> InstantPlugin.done());
    assertThat(fixture.resources.requestReconcile(id)).isTrue();
    awaitStatus(id, ResourceStatus.READY);
    assertThat(fixture.resources.history(id, 1, null).getFirst().trigger())
        .isEqualTo(Trigger.MANUAL);
  }

  @Test
  void deletionDestroysPurgesFreesTheNameAndKeepsTheHistory() {
    fixture.engine(SETTINGS, plugin);
    long id = create(Samples.resource("one", "instant"));
    awaitStatus(id, ResourceStatus.READY);

    assertThat(fixture.resources.delete(id, null)).isInstanceOf(DeleteResult.Marked.class);
    await().until(() -> fixture.resources.find(id).isEmpty());

    assertThat(plugin.count("destroy")).isEqualTo(1);
    assertThat(fixture.resources.history(id, 10, null)).hasSize(2);
    assertThat(create(Samples.resource("one", "instant"))).isGreaterThan(id);
    await().untilAsserted(() -> assertThat(eventTypes()).contains(EventType.DELETED));
  }

  @Test
  void foreignFinalizerHoldsTheResourceUntilItGoes() {
    fixture.engine(SETTINGS, plugin);
    long id = create(Samples.resource("one", "instant"));
    awaitStatus(id, ResourceStatus.READY);
    fixture.resources.changeFinalizers(id, java.util.Set.of("billing"), java.util.Set.of());
    fixture.resources.delete(id, null);

    await().until(() -> find(id).finalizers().equals(List.of("billing")));
    assertThat(find(id).status()).isEqualTo(ResourceStatus.DELETING);

    fixture.resources.changeFinalizers(id, java.util.Set.of(), java.util.Set.of("billing"));
    await().until(() -> fixture.resources.find(id).isEmpty());
  }

  @Test
  void waitingForAnOutsideRunHoldsNoSlot() {
    plugin
        .onApply(_ -> new Step.Running(Samples.json("{\"run\": 7}"), Duration.ofMillis(20), null))
        .onPoll(
            (_, handle) -> handle.get("run").asInt() == 7 ? stillRunning() : InstantPlugin.done());
    InstantPlugin quick = new InstantPlugin("quick");
    fixture.engine(SETTINGS.withMaxConcurrent(1), plugin, quick);
    long slow = create(Samples.resource("slow", "instant"));
    await().until(() -> plugin.count("poll") >= 2);

    long fast = create(Samples.resource("fast", "quick"));
    awaitStatus(fast, ResourceStatus.READY);
    assertThat(find(slow).status()).isEqualTo(ResourceStatus.RECONCILING);

    plugin.onPoll((_, _) -> InstantPlugin.done());
    awaitStatus(slow, ResourceStatus.READY);
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
    long id = create(Samples.resource("one", "cancellable"));
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
    long id = create(Samples.resource("one", "drifting"));

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
    long id = create(Samples.withApproval("one", "instant"));
    await().until(() -> find(id).pendingPlan() != null);

    assertThat(plugin.count("apply")).isZero();
    Resource waiting = find(id);
    assertThat(fixture.resources.approve(id, "another"))
        .isInstanceOf(ApproveResult.NotThatPlan.class);
    assertThat(fixture.resources.approve(id, Objects.requireNonNull(waiting.pendingPlan()).id()))
        .isInstanceOf(ApproveResult.Approved.class);

    Resource ready = awaitStatus(id, ResourceStatus.READY);
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
          awaitLatch(mayEnd);
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
            .mapToObj(i -> create(Samples.resource("slow-" + i, "instant")))
            .toList();
    await().until(() -> inside.get() == 2);

    awaitStatus(create(Samples.resource("fast", "quick")), ResourceStatus.READY);
    mayEnd.countDown();
    slow.forEach(id -> awaitStatus(id, ResourceStatus.READY));
    assertThat(most.get()).isEqualTo(2);
  }

  @Test
  void unknownPluginFailsWithTheNamesOfTheOthers() {
    fixture.engine(SETTINGS, plugin);
    long id = create(Samples.resource("one", "terraform"));

    assertThat(awaitStatus(id, ResourceStatus.FAILED).statusMessage())
        .isEqualTo("Unknown action plugin: terraform. Available plugins: instant");
  }

  @Test
  void processThatLeavesGivesBackWhatItHolds() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    InstantPlugin stuck =
        new InstantPlugin("instant")
            .onApply(
                _ -> {
                  began.countDown();
                  awaitLatch(never);
                  return InstantPlugin.done();
                });
    ReconcileEngine first = fixture.engine(SETTINGS, stuck);
    long id = create(Samples.resource("one", "instant"));
    awaitLatch(began);

    long begin = System.nanoTime();
    first.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));

    fixture.engine(SETTINGS, plugin);
    awaitStatus(id, ResourceStatus.READY);
    never.countDown();
    assertThat(find(id).status())
        .as("because what the first records under its old fence is refused")
        .isEqualTo(ResourceStatus.READY);
    assertThat(fixture.resources.history(id, 10, null)).hasSize(1);
  }

  @Test
  void dispatchWhoseEndWasNeverRecordedIsHeldAndNotRepeated() throws Exception {
    CountDownLatch dispatched = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    InstantPlugin dying =
        new InstantPlugin("once", Capability.WRITE_AHEAD)
            .onApply(
                _ -> {
                  dispatched.countDown();
                  awaitLatch(never);
                  return InstantPlugin.done();
                });
    ReconcileEngine first = fixture.engine(SETTINGS, dying);
    long id = create(Samples.resource("one", "once"));
    awaitLatch(dispatched);
    // Its grace ends while the call is under way, as if it had been killed then.
    first.close();

    InstantPlugin successor = new InstantPlugin("once", Capability.WRITE_AHEAD);
    fixture.engine(SETTINGS, successor);
    Resource held = awaitStatus(id, ResourceStatus.FAILED);
    String key = Objects.requireNonNull(dying.calls().getLast().request().dispatchKey());

    assertThat(held.statusMessage()).contains(key);
    assertThat(held.nextReconcileTime()).as("because a person has to look").isNull();
    assertThat(successor.count("recover")).isEqualTo(1);
    assertThat(successor.count("apply")).isZero();

    fixture.resources.requestReconcile(id);
    awaitStatus(id, ResourceStatus.READY);
    never.countDown();
    assertThat(successor.count("apply")).isEqualTo(1);
    assertThat(successor.calls().getLast().request().dispatchKey())
        .as("because it is another dispatch")
        .isNotEqualTo(key);
  }

  @Test
  void unsureDispatchIsRepeatedWhereThatWasChosen() throws Exception {
    CountDownLatch dispatched = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    InstantPlugin dying =
        new InstantPlugin("once", Capability.WRITE_AHEAD)
            .onApply(
                _ -> {
                  dispatched.countDown();
                  awaitLatch(never);
                  return InstantPlugin.done();
                });
    ReconcileEngine first = fixture.engine(SETTINGS, dying);
    long id = create(Samples.resource("one", "once"));
    awaitLatch(dispatched);
    first.close();

    InstantPlugin successor = new InstantPlugin("once", Capability.WRITE_AHEAD);
    fixture.engine(SETTINGS.withOnUnknown(OnUnknown.REDISPATCH), successor);
    awaitStatus(id, ResourceStatus.READY);
    never.countDown();
    assertThat(successor.count("apply")).isEqualTo(1);
  }

  private static Step stillRunning() {
    return new Step.Running(Samples.json("{\"run\": 7}"), Duration.ofMillis(20), null);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<EventType> eventTypes() {
    return fixture.events.read(0, EventLog.Filter.ALL, 100).events().stream()
        .map(ResourceEvent::type)
        .toList();
  }

  private UpdateResult update(long id, String spec) {
    Resource now = find(id);
    return fixture.resources.update(
        id,
        new ResourceContent(Samples.json(spec), now.pluginConfig(), now.metadata(), now.approval()),
        null);
  }

  private long create(NewResource resource) {
    CreateResult result = fixture.resources.create(resource);
    assertThat(result).isInstanceOf(CreateResult.Created.class);
    return ((CreateResult.Created) result).resource().id();
  }

  private Resource find(long id) {
    return fixture.resources.find(id).orElseThrow();
  }

  private Resource awaitStatus(long id, ResourceStatus status) {
    return await()
        .until(
            () -> fixture.resources.find(id).filter(each -> each.status() == status),
            Optional::isPresent)
        .orElseThrow();
  }
}
