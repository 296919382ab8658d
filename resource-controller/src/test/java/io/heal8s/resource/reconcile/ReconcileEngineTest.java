// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.model.Trigger;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.store.ResourceStore.DeleteResult;
import io.heal8s.resource.store.ResourceStore.UpdateResult;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.InstantPlugin;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
    long id = fixture.create(Samples.resource("one", "instant"));

    Resource ready = fixture.awaitStatus(id, ResourceStatus.READY);

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
                assertThat(fixture.eventTypes())
                    .containsExactly(EventType.CREATED, EventType.RECONCILED));
  }

  @Test
  void updateDuringARunIsFollowedByOneForTheNewGeneration() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    plugin.onApply(
        request -> {
          began.countDown();
          Latches.await(mayEnd);
          return InstantPlugin.done();
        });
    fixture.engine(SETTINGS, plugin);
    long id = fixture.create(Samples.resource("one", "instant"));
    Latches.await(began);

    assertThat(fixture.find(id).status()).isEqualTo(ResourceStatus.RECONCILING);
    assertThat(fixture.update(id, "{\"size\": 2}")).isInstanceOf(UpdateResult.Updated.class);
    mayEnd.countDown();

    await().until(() -> fixture.find(id).observedGeneration() == 2);
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
    long id = fixture.create(Samples.resource("one", "instant"));
    fixture.awaitStatus(id, ResourceStatus.READY);

    assertThat(fixture.update(id, "{\"size\": 1}")).isInstanceOf(UpdateResult.Unchanged.class);
    assertThat(fixture.find(id).generation()).isEqualTo(1);
    assertThat(plugin.count("apply")).isEqualTo(1);
  }

  @Test
  void failureIsTriedAgainAfterAMinuteAndNotBefore() {
    plugin.onApply(_ -> Step.Failed.because("no such workflow"));
    fixture.engine(SETTINGS, plugin);
    long id = fixture.create(Samples.resource("one", "instant"));

    Resource failed = fixture.awaitStatus(id, ResourceStatus.FAILED);

    assertThat(failed.statusMessage()).isEqualTo("no such workflow");
    assertThat(failed.retryCount()).isEqualTo(1);
    assertThat(failed.observedGeneration()).isZero();
    assertThat(Duration.between(failed.lastReconcileTime(), failed.nextReconcileTime()))
        .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(70));
    assertThat(plugin.count("apply")).isEqualTo(1);

    plugin.onApply(_ -> InstantPlugin.done());
    assertThat(fixture.resources.requestReconcile(id)).isTrue();
    fixture.awaitStatus(id, ResourceStatus.READY);
    assertThat(fixture.resources.history(id, 1, null).getFirst().trigger())
        .isEqualTo(Trigger.MANUAL);
  }

  @Test
  void deletionDestroysPurgesFreesTheNameAndKeepsTheHistory() {
    fixture.engine(SETTINGS, plugin);
    long id = fixture.create(Samples.resource("one", "instant"));
    fixture.awaitStatus(id, ResourceStatus.READY);

    assertThat(fixture.resources.delete(id, null)).isInstanceOf(DeleteResult.Marked.class);
    await().until(() -> fixture.resources.find(id).isEmpty());

    assertThat(plugin.count("destroy")).isEqualTo(1);
    assertThat(fixture.resources.history(id, 10, null)).hasSize(2);
    assertThat(fixture.create(Samples.resource("one", "instant"))).isGreaterThan(id);
    await().untilAsserted(() -> assertThat(fixture.eventTypes()).contains(EventType.DELETED));
  }

  @Test
  void foreignFinalizerHoldsTheResourceUntilItGoes() {
    fixture.engine(SETTINGS, plugin);
    long id = fixture.create(Samples.resource("one", "instant"));
    fixture.awaitStatus(id, ResourceStatus.READY);
    fixture.resources.changeFinalizers(id, java.util.Set.of("billing"), java.util.Set.of());
    fixture.resources.delete(id, null);

    await().until(() -> fixture.find(id).finalizers().equals(List.of("billing")));
    assertThat(fixture.find(id).status()).isEqualTo(ResourceStatus.DELETING);

    fixture.resources.changeFinalizers(id, java.util.Set.of(), java.util.Set.of("billing"));
    await().until(() -> fixture.resources.find(id).isEmpty());
  }

  @Test
  void unknownPluginFailsWithTheNamesOfTheOthers() {
    fixture.engine(SETTINGS, plugin);
    long id = fixture.create(Samples.resource("one", "terraform"));

    assertThat(fixture.awaitStatus(id, ResourceStatus.FAILED).statusMessage())
        .isEqualTo("Unknown action plugin: terraform. Available plugins: instant");
  }
}
