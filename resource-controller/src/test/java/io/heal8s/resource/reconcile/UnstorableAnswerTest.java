// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.plugin.Capability;
import io.heal8s.resource.plugin.PlanResult;
import io.heal8s.resource.plugin.Step;
import io.heal8s.resource.reconcile.decision.Completion;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.InstantPlugin;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Answers of plugins that the database cannot keep as they are, or not at all. */
@ExtendWith(PostgresExtension.class)
class UnstorableAnswerTest {

  private static final String REFUSED = "The answer of the plugin cannot be stored";

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
  void charactersThatPostgresHasNotAreReplacedAndTheWorkIsDoneOnce() {
    plugin.onPlan(_ -> new PlanResult.Changes("plan\u0000"));
    plugin.onApply(
        _ ->
            new Step.Running(
                Samples.json("{\"at\\u0000\": \"\\uD800\"}"), Duration.ZERO, "\u0000"));
    plugin.onPoll(
        (_, _) ->
            new Step.Done(
                Step.Changes.NONE, Samples.json("{\"note\": \"a\\u0000b\"}"), "out\u0000"));
    fixture.engine(EngineSettings.defaults(), plugin);
    long id = fixture.create(Samples.resource("one", "instant"));

    Resource ready = fixture.awaitStatus(id, ResourceStatus.READY);

    assertThat(ready.outputs()).isEqualTo(Samples.json("{\"note\": \"a\uFFFDb\"}"));
    assertThat(plugin.count("apply")).isEqualTo(1);
    assertThat(fixture.resources.history(id, 10, null))
        .singleElement()
        .extracting(HistoryEntry::planOutput, HistoryEntry::applyOutput)
        .containsExactly("plan\uFFFD", "out\uFFFD");
  }

  @Test
  void aFailureIsToldThoughItsMessageCannotBeStored() {
    plugin.onApply(_ -> Step.Failed.because("no\u0000"));
    fixture.engine(EngineSettings.defaults(), plugin);
    long id = fixture.create(Samples.resource("one", "instant"));

    assertThat(fixture.awaitStatus(id, ResourceStatus.FAILED).statusMessage())
        .isEqualTo("no\uFFFD");
    assertThat(plugin.count("apply")).isEqualTo(1);
  }

  @Test
  void whatTheDatabaseRefusesAllTheSameHasFailedAndIsTriedAgainLater() {
    plugin.onApply(_ -> new Step.Done(Step.Changes.NONE, Samples.json("{\"strange\": 1}"), "done"));
    fixture.engine(
        refusing(end -> end.status() != null && end.status().outputs() != null),
        EngineSettings.defaults(),
        plugin);
    long id = fixture.create(Samples.resource("one", "instant"));

    Resource failed = fixture.awaitStatus(id, ResourceStatus.FAILED);

    assertThat(failed.statusMessage()).isEqualTo(REFUSED);
    assertThat(failed.retryCount()).isEqualTo(1);
    assertThat(Duration.between(failed.lastReconcileTime(), failed.nextReconcileTime()))
        .isGreaterThan(Duration.ofSeconds(50));
    assertThat(plugin.count("apply")).isEqualTo(1);
  }

  @Test
  void whatRunsOutsideIsHeldWhereItsHandleIsRefused() {
    plugin.onApply(_ -> new Step.Running(Samples.json("{\"strange\": 1}"), Duration.ZERO, null));
    fixture.engine(
        refusing(end -> end.next().run() != null && end.next().run().handle() != null),
        EngineSettings.defaults(),
        plugin);
    long id = fixture.create(Samples.resource("one", "instant"));

    Resource held = fixture.awaitStatus(id, ResourceStatus.FAILED);

    assertThat(held.statusMessage()).contains(REFUSED);
    assertThat(held.nextReconcileTime()).as("a second one would run beside it").isNull();
    assertThat(plugin.count("apply")).isEqualTo(1);
  }

  @Test
  void whatCannotBeWrittenAheadIsNotDispatched() {
    InstantPlugin ahead = new InstantPlugin("instant", Capability.WRITE_AHEAD);
    WorkStore real = fixture.work();
    fixture.engine(
        proxied(
            real,
            (name, _) -> {
              if (name.equals("writeAhead")) {
                throw new IllegalStateException("refused");
              }
            }),
        EngineSettings.defaults(),
        ahead);
    long id = fixture.create(Samples.resource("one", "instant"));

    assertThat(fixture.awaitStatus(id, ResourceStatus.FAILED).statusMessage()).isEqualTo(REFUSED);
    assertThat(ahead.count("plan")).isEqualTo(1);
    assertThat(ahead.count("apply")).isZero();
  }

  /** A store that takes everything but some ends. */
  private WorkStore refusing(Predicate<Completion> which) {
    return proxied(
        fixture.work(),
        (name, arguments) -> {
          if (name.equals("record")
              && ((List<?>) arguments[0]).stream().map(Completion.class::cast).anyMatch(which)) {
            throw new IllegalStateException("refused");
          }
        });
  }

  @FunctionalInterface
  private interface Before {
    void call(String method, Object[] arguments);
  }

  private static WorkStore proxied(WorkStore real, Before before) {
    return (WorkStore)
        Proxy.newProxyInstance(
            WorkStore.class.getClassLoader(),
            new Class<?>[] {WorkStore.class},
            (_, method, arguments) -> {
              before.call(method.getName(), arguments);
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
