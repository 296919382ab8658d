// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.graphql.intent.Seen;
import io.heal8s.graphql.poll.AppCounts.PollStatus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** More polls than the monitor may send: fewer are sent, and nobody is left unwatched by that. */
class FleetLimitTest {

  // The burst of 60 requests a minute is 10.
  private static final int PER_MINUTE = 60;
  private static final int PODS = 17;

  private static long limited(PlayedFleet fleet) {
    return fleet.metrics.of(PlayedFleet.SHOP).view().polls()[PollStatus.rate_limited.ordinal()];
  }

  @Test
  void morePodsThanTheBurstAreWatchedAndItIsSaidHowOften() {
    try (PlayedFleet fleet = new PlayedFleet(PER_MINUTE, PODS)) {
      fleet.interval = Duration.ofSeconds(2);
      fleet.play("ok");
      fleet.begin();
      PlayedFleet.patience().until(() -> !fleet.seen.isEmpty());
      assertThat(fleet.seen.getFirst())
          .isInstanceOfSatisfying(
              Seen.State.class,
              state -> {
                assertThat(state.data().getAsJsonObject(Seen.PODS).size()).isEqualTo(PODS);
                assertThat(state.slowed()).startsWith("polled every 17 s instead of every 2 s");
              });
      // All that come too late by that, as soon as it is known.
      PlayedFleet.patience().until(() -> limited(fleet) >= 7);
      assertThat(fleet.polls()).isEqualTo(PODS);
    }
  }

  @Test
  void theyAreAskedAgainAsSoonAsTheyMayBe() {
    // 17 requests are those of a second.
    try (PlayedFleet fleet = new PlayedFleet(PODS * 60, PODS)) {
      fleet.interval = Duration.ofMillis(200);
      fleet.play("ok");
      fleet.begin();
      PlayedFleet.patience().until(() -> limited(fleet) > 0);
      fleet.awaitMorePolls(2 * PODS);
    }
  }

  @Test
  void noMoreThanTheBurstAreUnderWayAtATime() {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch enough = new CountDownLatch(1);
    try (PlayedFleet fleet = new PlayedFleet(PER_MINUTE, PODS)) {
      fleet.shop.playing(
          out -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
              enough.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException stopping) {
              Thread.currentThread().interrupt();
            }
            underWay.decrementAndGet();
            PlayedServer.json("{\"data\":{\"health\":\"ok\"}}").answer(out);
          });
      fleet.interval = Duration.ofSeconds(30);
      fleet.begin();
      PlayedFleet.patience().until(() -> underWay.get() >= 10);
      enough.countDown();
      PlayedFleet.patience().until(() -> !fleet.seen.isEmpty());
      assertThat(fleet.polls()).isEqualTo(PODS);
      assertThat(most).hasValue(10);
    }
  }

  /** Repeating it takes more requests than are left: that is no reason to say nothing. */
  @Test
  void aPollThatFailedAndMayNotBeRepeatedSaysWhy() {
    try (PlayedFleet fleet = new PlayedFleet(PER_MINUTE, PODS)) {
      fleet.interval = Duration.ofSeconds(10);
      fleet.retries = 3;
      fleet.shop.playing(PlayedServer.http(503, "text/plain", "busy"));
      fleet.begin();
      PlayedFleet.patience().until(() -> !fleet.seen.isEmpty());
      assertThat(fleet.seen.getFirst())
          .isInstanceOfSatisfying(
              Seen.Failure.class,
              failure -> assertThat(failure.reason()).isEqualTo("ServerFailed"));
      assertThat(fleet.polls()).isEqualTo(PODS);
    }
  }
}
