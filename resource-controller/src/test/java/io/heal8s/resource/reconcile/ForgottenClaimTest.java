// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.reconcile.WorkStore.ClaimRequest;
import io.heal8s.resource.reconcile.WorkStore.Claimed;
import io.heal8s.resource.reconcile.decision.Work;
import io.heal8s.resource.store.StoreUnavailableException;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.testing.InstantPlugin;
import io.heal8s.resource.testing.PostgresExtension;
import io.heal8s.resource.testing.Samples;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Claims that the database knows of and their living owner does not. */
@ExtendWith(PostgresExtension.class)
class ForgottenClaimTest {

  private static final UUID OWNER = new UUID(0, 1);
  private static final Duration LEASE = Duration.ofSeconds(3);

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
  void claimWhoseAnswerWasLostIsCarriedOutAfterOneLease() {
    AtomicBoolean lost = new AtomicBoolean();
    fixture.engine(losing(fixture.work(), lost), settings(), plugin);

    long id = fixture.create(Samples.resource("one", "instant"));

    await().untilTrue(lost);
    fixture.awaitStatus(id, ResourceStatus.READY);
    assertThat(plugin.count("apply")).isEqualTo(1);
  }

  @Test
  void onlyOldClaimsThatTheOwnerDoesNotKnowAreFreed() {
    WorkStore store = fixture.work();
    store.register(OWNER, Duration.ofMinutes(1));
    long known = fixture.create(Samples.resource("known", "instant"));
    long forgotten = fixture.create(Samples.resource("forgotten", "instant"));
    assertThat(claim(store).work()).hasSize(2);

    assertThat(store.freeForgotten(OWNER, Set.of(known), Duration.ofMinutes(1)))
        .as("because its answer may be on its way")
        .isZero();
    assertThat(store.freeForgotten(new UUID(0, 2), Set.of(), Duration.ZERO))
        .as("because they are another's")
        .isZero();
    assertThat(store.freeForgotten(OWNER, Set.of(known), Duration.ZERO)).isEqualTo(1);

    assertThat(claim(store).work())
        .singleElement()
        .extracting(Work::resourceId, Work::fence)
        .as("under a fence that refuses what the old claim would write")
        .containsExactly(forgotten, 3L);
  }

  private static EngineSettings settings() {
    EngineSettings usual = EngineSettings.defaults();
    return new EngineSettings(
        usual.maxConcurrent(),
        usual.perPlugin(),
        usual.perType(),
        usual.interval(),
        usual.backoff(),
        usual.onUnknown(),
        usual.driftInterval(),
        LEASE,
        usual.historyAge(),
        usual.historyPerResource(),
        usual.eventAge());
  }

  private static Claimed claim(WorkStore store) {
    return store.claim(new ClaimRequest(OWNER, 10, Set.of(), Set.of()));
  }

  /** Commits the first claim of anything and loses its answer. */
  private static WorkStore losing(WorkStore real, AtomicBoolean lost) {
    return (WorkStore)
        Proxy.newProxyInstance(
            WorkStore.class.getClassLoader(),
            new Class<?>[] {WorkStore.class},
            (_, method, arguments) -> {
              Object answer = invoke(real, method, arguments);
              if (answer instanceof Claimed claimed
                  && !claimed.work().isEmpty()
                  && lost.compareAndSet(false, true)) {
                throw new StoreUnavailableException(new IOException("the connection broke"));
              }
              return answer;
            });
  }

  private static Object invoke(WorkStore real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
