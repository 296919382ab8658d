// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.resource.store.StoreUnavailableException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When what is held is compared with what the database believes. */
class HeldClaimsTest {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final UUID OWNER = new UUID(0, 1);

  private long now = -5;
  private int asked;
  private Runnable meanwhile = () -> {};

  private final HeldClaims held =
      new HeldClaims(
          (WorkStore)
              Proxy.newProxyInstance(
                  WorkStore.class.getClassLoader(),
                  new Class<?>[] {WorkStore.class},
                  (_, method, _) -> {
                    assertThat(method.getName()).isEqualTo("freeForgotten");
                    asked++;
                    meanwhile.run();
                    return 0;
                  }),
          LEASE,
          () -> now);

  /** How often the database has been asked so many seconds later. */
  private int askedAfter(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
    held.compare(OWNER);
    return asked;
  }

  @Test
  void withoutADoubtNothingIsAsked() {
    assertThat(askedAfter(100)).isZero();
  }

  @Test
  void aDoubtIsLookedIntoOnceALeaseLater() {
    held.doubt();
    assertThat(askedAfter(9)).isZero();
    assertThat(askedAfter(1)).isEqualTo(1);
    assertThat(askedAfter(100)).isEqualTo(1);
  }

  @Test
  void doubtsThatGoOnDoNotPutTheComparisonOff() {
    held.doubt();
    for (int i = 0; i < 3; i++) {
      assertThat(askedAfter(3)).isZero();
      held.doubt();
    }
    assertThat(askedAfter(1)).isEqualTo(1);
    assertThat(askedAfter(9)).as("the later ones, a lease after the first comparison").isEqualTo(1);
    assertThat(askedAfter(1)).isEqualTo(2);
    assertThat(askedAfter(100)).isEqualTo(2);
  }

  @Test
  void aDoubtThatComesWhileTheTwoAreComparedIsNotLost() {
    held.doubt();
    meanwhile = held::doubt;
    assertThat(askedAfter(10)).isEqualTo(1);
    meanwhile = () -> {};
    assertThat(askedAfter(10)).isEqualTo(2);
    assertThat(askedAfter(100)).isEqualTo(2);
  }

  @Test
  void whatTheDatabaseDoesNotAnswerIsAskedAgainALeaseLater() {
    held.doubt();
    meanwhile =
        () -> {
          throw new StoreUnavailableException(new IOException("away"));
        };
    assertThat(askedAfter(10)).isEqualTo(1);
    meanwhile = () -> {};
    assertThat(askedAfter(9)).isEqualTo(1);
    assertThat(askedAfter(1)).isEqualTo(2);
    assertThat(askedAfter(100)).isEqualTo(2);
  }
}
