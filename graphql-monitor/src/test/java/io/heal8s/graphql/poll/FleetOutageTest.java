// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.graphql.exchange.PlayedSubscriptions;
import io.heal8s.graphql.intent.Seen;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of what was seen while this replica, or what it needs, was not there. */
class FleetOutageTest {

  private static final AppObserver.Step NOT_YET = new AppObserver.Step.Again(Duration.ofSeconds(1));
  private static final AppObserver.Step OWING = new AppObserver.Step.Owing(Duration.ofSeconds(1));

  private final PlayedFleet played = new PlayedFleet();
  private final Fleet fleet = played.fleet;

  @AfterEach
  void stop() {
    played.close();
  }

  private static boolean isBad(Seen seen) {
    return seen.toString().contains("\"bad\"");
  }

  @Test
  void whatIsPendingHoldsUpNoPollAndIsTriedAgainByItself() {
    played.step = (_, _) -> OWING;
    played.play("ok");
    played.begin();
    PlayedFleet.patience().until(() -> played.settled.get() >= 5);
    played.play("bad");
    PlayedFleet.patience().until(() -> played.seen.stream().anyMatch(FleetOutageTest::isBad));
    played.awaitMorePolls(5);
    assertThat(played.seen).as("each state is taken once").hasSize(2);

    played.step = (_, _) -> AppObserver.Step.DONE;
    int settled = played.settled.get();
    played.awaitMorePolls(5);
    assertThat(played.settled.get()).as("then no more").isLessThanOrEqualTo(settled + 2);
  }

  @Test
  void whatWasSeenBeforeASuspensionIsTakenAfterIt() throws IOException {
    played.play("ok");
    played.begin();
    played.awaitMorePolls(2);
    played.step = (_, _) -> NOT_YET;
    played.play("bad");
    PlayedFleet.patience().until(() -> played.seen.stream().anyMatch(FleetOutageTest::isBad));
    played.mine = false;
    fleet.suspend();
    played.play("ok");
    assertThat(fleet.size()).isZero();
    assertThat(fleet.polls(PlayedFleet.SHOP)).isFalse();
    assertThat(page()).doesNotContain("tapp_name");

    played.seen.clear();
    played.step = (_, _) -> AppObserver.Step.DONE;
    played.mine = true;
    fleet.resume();
    fleet.reshare(List.of(PlayedFleet.SHOP), _ -> false, Duration.ofMinutes(25));
    PlayedFleet.patience().until(() -> played.seen.size() >= 2);
    assertThat(isBad(played.seen.getFirst())).isTrue();
    assertThat(isBad(played.seen.getLast())).isFalse();
    assertThat(fleet.size()).isOne();
    assertThat(page()).contains("tapp_name");
  }

  @Test
  void whatIsAnothersAfterASuspensionIsDropped() {
    played.play("ok");
    played.begin();
    played.awaitMorePolls(2);
    played.mine = false;
    fleet.suspend();
    fleet.resume();
    fleet.reshare(List.of(PlayedFleet.SHOP), _ -> true, Duration.ZERO);
    assertThat(fleet.size()).isZero();
  }

  /** Its state may be what it was all the time, and no turn need have run meanwhile. */
  @Test
  void whatAnotherReplicaMayHaveDoneInASuspensionIsLookedFor() {
    played.interval = Duration.ofDays(2);
    played.play("ok");
    played.begin();
    PlayedFleet.patience().until(() -> played.seen.size() == 1);
    int settled = played.settled.get();

    fleet.suspend();
    fleet.resume();
    PlayedFleet.patience().until(() -> played.settled.get() > settled);
  }

  @Test
  void theSameAnswerAsBeforeASuspensionIsHandedInAgain() {
    played.play("ok");
    played.begin();
    played.awaitMorePolls(3);
    assertThat(played.seen).hasSize(1);

    fleet.suspend();
    fleet.resume();
    PlayedFleet.patience().until(() -> played.seen.size() == 2);
    played.awaitMorePolls(2);
    assertThat(played.seen).as("once").hasSize(2);
  }

  /** What a subscription told meanwhile was so then, and may be otherwise now. */
  @Test
  void whatASubscriptionToldInASuspensionHasTheTimeWhenItCame() throws InterruptedException {
    List<Instant> times = new CopyOnWriteArrayList<>();
    try (PlayedSubscriptions told = new PlayedSubscriptions("graphql-transport-ws")) {
      told.beginningWith("{\"health\":\"ok\"}");
      played.subscribeTo(told.destination().url());
      played.begin();
      PlayedFleet.patience().until(() -> played.seen.size() == 1);
      played.step =
          (seen, at) -> {
            times.add(isBad(seen) ? at : Instant.MAX);
            return AppObserver.Step.DONE;
          };
      played.mine = false;
      fleet.suspend();
      int turns = played.turns.get();
      // The first of them may have begun before.
      PlayedFleet.patience().until(() -> played.turns.get() > turns + 1);
      Instant then = played.clock.pass(Duration.ofMinutes(1));
      told.tell("{\"health\":\"bad\"}");
      PlayedFleet.patience().until(() -> played.clock.wasAskedAt(then));
      played.clock.pass(Duration.ofMinutes(1));
      played.mine = true;
      fleet.resume();
      PlayedFleet.patience().until(() -> times.contains(then));
    }
  }

  /** Its pod may be there again before this replica is. */
  @Test
  void aPodThatCameInASuspensionIsAskedAfterIt() {
    played.shop.playing(PlayedServer.http(500, "text/plain", "dead"));
    played.interval = Duration.ofDays(2);
    played.begin();
    PlayedFleet.patience().until(() -> !played.seen.isEmpty());
    played.play("ok");
    played.mine = false;
    int turns = played.turns.get();
    fleet.endpointsMoved("a", _ -> true, "service/shop");
    PlayedFleet.patience().until(() -> played.turns.get() > turns);

    played.mine = true;
    PlayedFleet.patience().until(() -> played.seen.size() == 2);
  }

  /** A moment in which the Lease was over; nobody noticed but the turn. */
  @Test
  void anAppThatIsNotOursForAMomentIsPolledAgainSoon() {
    played.play("ok");
    played.begin();
    played.awaitMorePolls(1);
    played.mine = false;
    fleet.appeared(PlayedFleet.SHOP, Duration.ZERO);
    int polls = played.polls();
    PlayedFleet.patience().during(Duration.ofMillis(600)).until(() -> played.polls() <= polls + 1);
    played.mine = true;
    played.awaitMorePolls(2);
  }

  @Test
  void whatWasOutdatedIsSeenAnew() {
    played.play("ok");
    played.begin();
    played.awaitMorePolls(2);
    played.step = (seen, _) -> isBad(seen) ? AppObserver.Step.OUTDATED : AppObserver.Step.DONE;
    played.play("bad");
    PlayedFleet.patience()
        .until(() -> played.seen.stream().filter(seen -> isBad(seen)).count() > 2);
  }

  @Test
  void whoIsDeletedWhileAppsAreSharedAnewIsNotPolled() {
    played.mine = false;
    fleet.reshare(List.of(PlayedFleet.SHOP), _ -> false, Duration.ZERO);
    assertThat(fleet.size()).isZero();
  }

  /** Of a URL nothing is known by pods that come and go. */
  @Test
  void aDeadEndpointIsNotAskedForPodsOfOthers() {
    played.shop.playing(PlayedServer.http(500, "text/plain", "dead"));
    played.interval = Duration.ofSeconds(5);
    played.begin();
    // The circuit is open, and the next poll is far away.
    PlayedFleet.patience().until(() -> played.polls() >= 6);
    int polls = played.polls();
    for (int i = 0; i < 50; i++) {
      fleet.endpointsMoved("a", _ -> false, "pod/other-" + i);
      fleet.endpointsMoved("b", _ -> true, "pod/other-" + i);
    }
    assertThat(played.polls()).isLessThanOrEqualTo(polls + 1);
    fleet.endpointsMoved("a", _ -> true, "service/shop");
    PlayedFleet.patience().until(() -> played.polls() > polls);
  }

  private String page() throws IOException {
    StringBuilder page = new StringBuilder();
    played.metrics.writeTo(page::append);
    return page.toString();
  }
}
