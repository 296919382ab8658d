// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.EventType;
import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.InstantPlugin;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A resource whose other side takes nothing for a while. */
@ExtendWith(PostgresExtension.class)
class PostponedTest {

  private static final Duration SOON = Duration.ofMillis(20);

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
  void itIsReadyInTheEndAndHasNeverFailed() {
    Deque<PlanResult> plans =
        new ArrayDeque<>(List.of(new PlanResult.Later(SOON, "waits for the limit")));
    Deque<Step> steps =
        new ArrayDeque<>(
            List.of(
                new Step.Later(SOON, "waits for the limit"),
                new Step.Later(SOON, "waits for the limit")));
    InstantPlugin plugin =
        new InstantPlugin("instant", Capability.WRITE_AHEAD)
            .onPlan(_ -> plans.isEmpty() ? new PlanResult.Changes("all of it") : plans.remove())
            .onApply(_ -> steps.isEmpty() ? InstantPlugin.done() : steps.remove());
    fixture.engine(EngineSettings.defaults(), plugin);

    long id = fixture.create(Samples.resource("one", "instant"));

    fixture.awaitStatus(id, ResourceStatus.READY);
    assertThat(fixture.resources.history(id, 10, null))
        .singleElement()
        .matches(HistoryEntry::success);
    await().until(() -> fixture.eventTypes().contains(EventType.RECONCILED));
    assertThat(fixture.eventTypes())
        .as("what is waited for is told once")
        .containsExactly(EventType.CREATED, EventType.MODIFIED, EventType.RECONCILED);
    assertThat(plugin.calls())
        .filteredOn(made -> made.call().equals("apply"))
        .extracting(made -> made.request().dispatchKey())
        .as("each dispatch has a key of its own")
        .doesNotHaveDuplicates()
        .hasSize(3);
    assertThat(plugin.count("recover")).as("for it certainly was not sent").isZero();
  }
}
