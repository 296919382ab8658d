// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChaosTest {

  private static final int RESOURCES = 150;

  private static ChaosPlan plan(String onUnknown) {
    return new ChaosPlan(
        2,
        onUnknown,
        RESOURCES,
        Duration.ofSeconds(30),
        Duration.ofSeconds(6),
        Duration.ofSeconds(90));
  }

  private static ChaosResult killed(String onUnknown) throws Exception {
    try (Chaos chaos = new Chaos(plan(onUnknown), System.out::println)) {
      return chaos.kill();
    }
  }

  @Test
  void rollingRestartLosesNothingAndRunsNothingTwice() throws Exception {
    try (Chaos chaos = new Chaos(plan("hold"), System.out::println)) {
      ChaosResult result = chaos.rollingRestart();

      assertThat(result.ready()).as(result.toString()).isEqualTo(RESOURCES);
      assertThat(result.held()).isZero();
      assertThat(result.dispatchedTwice()).isZero();
      assertThat(chaos.slowestEnd()).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void whereUnsureDispatchesAreHeldNothingIsDispatchedTwice() throws Exception {
    ChaosResult result = killed("hold");

    assertThat(result.kills()).isPositive();
    assertThat(result.stuck()).as(result.toString()).isZero();
    assertThat(result.ready() + result.held()).isEqualTo(RESOURCES);
    assertThat(result.held()).as(result.toString()).isLessThanOrEqualTo(result.inFlight());
    assertThat(result.dispatchedTwice()).isZero();
    assertThat(result.readyAfterReconcile()).isEqualTo(RESOURCES);
  }

  @Test
  void whereTheyAreRepeatedEverythingBecomesReady() throws Exception {
    ChaosResult result = killed("redispatch");

    assertThat(result.kills()).isPositive();
    assertThat(result.ready()).as(result.toString()).isEqualTo(RESOURCES);
    assertThat(result.neverDispatched()).isZero();
  }
}
