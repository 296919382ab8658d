// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.reconcile.decision.OnUnknown;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.InstantPlugin;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of the claims of a process that ends. */
@ExtendWith(PostgresExtension.class)
class ProcessEndTest {

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
  void processThatLeavesGivesBackWhatItHolds() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    InstantPlugin stuck =
        new InstantPlugin("instant")
            .onApply(
                _ -> {
                  began.countDown();
                  Latches.await(never);
                  return InstantPlugin.done();
                });
    ReconcileEngine first = fixture.engine(SETTINGS, stuck);
    long id = fixture.create(Samples.resource("one", "instant"));
    Latches.await(began);

    long begin = System.nanoTime();
    first.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));

    fixture.engine(SETTINGS, plugin);
    fixture.awaitStatus(id, ResourceStatus.READY);
    never.countDown();
    assertThat(fixture.find(id).status())
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
                  Latches.await(never);
                  return InstantPlugin.done();
                });
    ReconcileEngine first = fixture.engine(SETTINGS, dying);
    long id = fixture.create(Samples.resource("one", "once"));
    Latches.await(dispatched);
    // Its grace ends while the call is under way, as if it had been killed then.
    first.close();

    InstantPlugin successor = new InstantPlugin("once", Capability.WRITE_AHEAD);
    fixture.engine(SETTINGS, successor);
    Resource held = fixture.awaitStatus(id, ResourceStatus.FAILED);
    String key = Objects.requireNonNull(dying.calls().getLast().request().dispatchKey());

    assertThat(held.statusMessage()).contains(key);
    assertThat(held.nextReconcileTime()).as("because a person has to look").isNull();
    assertThat(successor.count("recover")).isEqualTo(1);
    assertThat(successor.count("apply")).isZero();

    fixture.resources.requestReconcile(id);
    fixture.awaitStatus(id, ResourceStatus.READY);
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
                  Latches.await(never);
                  return InstantPlugin.done();
                });
    ReconcileEngine first = fixture.engine(SETTINGS, dying);
    long id = fixture.create(Samples.resource("one", "once"));
    Latches.await(dispatched);
    first.close();

    InstantPlugin successor = new InstantPlugin("once", Capability.WRITE_AHEAD);
    fixture.engine(SETTINGS.withOnUnknown(OnUnknown.REDISPATCH), successor);
    fixture.awaitStatus(id, ResourceStatus.READY);
    never.countDown();
    assertThat(successor.count("apply")).isEqualTo(1);
  }
}
