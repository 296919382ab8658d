// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.InstantPlugin;
import io.heal8s.resource.testing.PostgresExtension;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The loops of a process under what could end them. */
@ExtendWith(PostgresExtension.class)
class LoopsTest {

  private EngineFixture fixture;

  @BeforeEach
  void open(Database database) {
    fixture = new EngineFixture(database);
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private WorkStore watched(Consumer<String> watcher) {
    WorkStore real = fixture.work();
    return (WorkStore)
        Proxy.newProxyInstance(
            WorkStore.class.getClassLoader(),
            new Class<?>[] {WorkStore.class},
            (_, method, arguments) -> {
              watcher.accept(method.getName());
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private ReconcileEngine engine(WorkStore store) {
    EngineSettings usual = EngineSettings.defaults();
    return fixture.engine(
        store,
        new EngineSettings(
            usual.maxConcurrent(),
            usual.perPlugin(),
            usual.perType(),
            usual.interval(),
            usual.backoff(),
            usual.onUnknown(),
            usual.driftInterval(),
            Duration.ofSeconds(3),
            usual.historyAge(),
            usual.historyPerResource(),
            usual.eventAge()),
        new InstantPlugin("instant"));
  }

  @Test
  void aProcessTellsThatItLivesWhileItsProcessorsAreBusy() {
    AtomicInteger beats = new AtomicInteger();
    engine(
        watched(
            name -> {
              if (name.equals("heartbeat")) {
                beats.incrementAndGet();
              }
            }));
    await().until(() -> beats.get() > 0);
    AtomicBoolean isOver = new AtomicBoolean();
    List<Thread> busy = new ArrayList<>();
    try {
      // As a hundred checks of passwords would be.
      for (int i = 0; i < 100; i++) {
        busy.add(
            Thread.startVirtualThread(
                () -> {
                  while (!isOver.get()) {
                    Thread.onSpinWait();
                  }
                }));
      }
      int before = beats.get();
      await().until(() -> beats.get() > before + 3);
    } finally {
      isOver.set(true);
    }
    busy.forEach(LoopsTest::joined);
  }

  private static void joined(Thread thread) {
    try {
      assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aLoopThatAnErrorEndedIsSeen() {
    AtomicBoolean breaks = new AtomicBoolean();
    ReconcileEngine engine =
        engine(
            watched(
                name -> {
                  if (name.equals("claim") && breaks.get()) {
                    throw new LinkageError("a class is not there");
                  }
                }));
    assertThat(engine.isWorking()).isTrue();
    breaks.set(true);
    engine.wake();
    await().until(() -> !engine.isWorking());
  }

  @Test
  void aProcessThatEndsIsNotTakenForDead() {
    ReconcileEngine engine = engine(fixture.work());
    engine.close();
    assertThat(engine.isWorking()).isTrue();
  }
}
