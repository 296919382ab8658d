// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heal8s.core.api.Condition;
import io.heal8s.core.effect.EventPublisher;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesWriter;
import io.heal8s.core.effect.ServerSideApplier;
import io.heal8s.core.runtime.SystemScheduler;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.intent.AppSnapshot;
import io.heal8s.graphql.intent.Seen;
import io.heal8s.graphql.poll.AppMetrics;
import io.heal8s.graphql.poll.AppObserver;
import io.heal8s.graphql.poll.AppObserver.Step;
import io.heal8s.graphql.trigger.MonitorDecider;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decided is done, or kept where it cannot be done yet. */
class AppScribeTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final PlayedApp played =
      new PlayedApp(
          """
          [{"trigger": {"field": "health", "condition": "equals", "value": "bad"},
            "action": "restart_pod"},
           {"trigger": {"field": "health", "condition": "equals", "value": "bad"},
            "action": "webhook", "parameters": {"url": "https://hooks.example"}}]
          """);
  private final SystemScheduler scheduler = new SystemScheduler();
  private final KubernetesApi api = new KubernetesApi(played.client(), Duration.ofSeconds(5));
  private final CurrentApps apps = new CurrentApps(new TargetApps(List.of(played)));
  private boolean mine = true;
  private Instant now = NOON;
  private final AppMetrics metrics = new AppMetrics();
  private final AppObserver.Session session =
      new AppScribe(apps, _ -> mine, new MonitorDecider(), executor(apps), AppNews.NONE)
          .begin(PlayedApp.KEY);

  private MonitorExecutor executor(CurrentApps of) {
    EventPublisher events =
        new EventPublisher(
            api,
            "heal8s.io/graphql-monitor",
            "me",
            Clock.systemUTC(),
            scheduler,
            Runnable::run,
            new SimpleMeterRegistry());
    return new MonitorExecutor(
        of,
        new ServerSideApplier(api, MonitorExecutor.FIELD_MANAGER),
        new KubernetesWriter(api, MonitorExecutor.FIELD_MANAGER),
        events,
        metrics,
        Clock.systemUTC(),
        null,
        Tracing.off());
  }

  @AfterEach
  void stop() {
    scheduler.close();
  }

  private Step observe(Seen seen) {
    now = now.plusSeconds(5);
    return session.observed(seen, now);
  }

  private static Seen state(String health) {
    JsonObject data = new JsonObject();
    data.addProperty("health", health);
    return new Seen.State("http://shop", data, List.of());
  }

  private List<String> conditions() {
    return Objects.requireNonNull(played.status().conditions()).stream()
        .filter(one -> one.status() == Condition.Status.True)
        .map(one -> one.type() + "/" + one.reason())
        .toList();
  }

  private static final Step OWING = new Step.Owing(Duration.ZERO);

  @Test
  void whatCannotBeCreatedIsToldAndFurtherEdgesAreRecorded() {
    assertThat(observe(state("ok"))).isEqualTo(Step.DONE);
    played.refusing = 403;

    assertThat(observe(state("bad"))).as("it is recorded").isEqualTo(OWING);
    assertThat(played.status().pendingOrEmpty()).hasSize(2);
    assertThat(conditions()).containsExactly("Ready/Monitoring", "Stalled/RemediationNotCreated");
    assertThat(played.events).containsOnlyOnce("RemediationNotCreated");

    assertThat(observe(state("ok"))).isEqualTo(OWING);
    assertThat(observe(state("bad"))).isEqualTo(OWING);
    assertThat(played.status().pendingOrEmpty()).as("the second outage too").hasSize(4);
    assertThat(played.asked).as("what was refused is not asked for at each poll").hasSize(4);
    assertThat(observe(Seen.NOTHING)).isEqualTo(OWING);
    assertThat(played.asked).hasSize(8);
    assertThat(conditions()).contains("Stalled/RemediationNotCreated");
    assertThat(played.events).containsOnlyOnce("RemediationNotCreated");

    played.refusing = 0;
    assertThat(observe(Seen.NOTHING)).isEqualTo(Step.DONE);
    assertThat(played.created).hasSize(4);
    assertThat(played.status().pendingOrEmpty()).isEmpty();
    assertThat(played.status().actionsExecuted()).isEqualTo(4);
    assertThat(conditions()).containsExactly("Ready/Monitoring");
  }

  /**
   * A policy without a reason says 422, a webhook without a code 400: both may let it pass
   * tomorrow, and so may a newer definition.
   */
  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void whatIsRefusedAsInvalidStaysPendingAndIsNoActionExecuted(int code) {
    observe(state("ok"));
    played.refusing = code;
    played.refusingFirst = true;

    assertThat(observe(state("bad"))).isEqualTo(OWING);
    String refused = played.asked.getFirst();
    assertThat(played.created).as("the other one").hasSize(1).doesNotContain(refused);
    assertThat(played.status().pendingOrEmpty())
        .singleElement()
        .satisfies(one -> assertThat(one.name()).isEqualTo(refused));
    assertThat(played.status().actionsExecuted()).as("what is there").isEqualTo(1);
    assertThat(conditions()).contains("Stalled/RemediationNotCreated");
    assertThat(String.valueOf(played.status().conditions())).contains("a policy says no");
    assertThat(played.events).containsOnlyOnce("RemediationNotCreated");

    for (int i = 0; i < 5; i++) {
      assertThat(observe(Seen.NOTHING)).isEqualTo(OWING);
    }
    assertThat(played.asked).as("once for each time that it is due").hasSize(7);
    assertThat(played.status().actionsExecuted()).isEqualTo(1);
    assertThat(played.events).containsOnlyOnce("RemediationNotCreated");

    played.refusing = 0;
    assertThat(observe(Seen.NOTHING)).isEqualTo(Step.DONE);
    assertThat(played.created).contains(refused);
    assertThat(played.status().pendingOrEmpty()).isEmpty();
    assertThat(played.status().actionsExecuted()).isEqualTo(2);
    assertThat(conditions()).containsExactly("Ready/Monitoring");
  }

  @Test
  void whatIsNeverAcceptedEndsWithItsAction() {
    observe(state("ok"));
    played.refusing = 422;
    observe(state("bad"));
    assertThat(played.status().pendingOrEmpty()).hasSize(2);

    played.edit("[]");
    assertThat(observe(Seen.NOTHING)).isEqualTo(Step.DONE);

    assertThat(played.status().pendingOrEmpty()).isEmpty();
    assertThat(played.status().actionsExecuted()).isZero();
    assertThat(played.events).contains("ActionGone");
    assertThat(conditions()).containsExactly("Ready/Monitoring");
  }

  @Test
  void oneThatIsRefusedHoldsUpNoOther() {
    observe(state("ok"));
    played.refusing = 403;
    played.refusingOnly = 1;

    assertThat(observe(state("bad"))).isEqualTo(OWING);

    assertThat(played.created).hasSize(1).doesNotContain(played.asked.getFirst());
    assertThat(played.status().pendingOrEmpty())
        .singleElement()
        .satisfies(one -> assertThat(one.name()).isEqualTo(played.asked.getFirst()));
    assertThat(played.status().actionsExecuted()).isEqualTo(1);
  }

  @Test
  void whatMayPassIsToldOnlyWhenItDoesNot() {
    observe(state("ok"));
    played.refusing = 503;

    assertThat(observe(state("bad"))).isEqualTo(OWING);
    assertThat(observe(Seen.NOTHING)).isEqualTo(OWING);
    assertThat(conditions()).containsExactly("Ready/Monitoring");
    assertThat(observe(Seen.NOTHING)).isEqualTo(OWING);
    assertThat(conditions()).contains("Stalled/RemediationNotCreated");
    assertThat(played.asked).as("each is tried").hasSize(6);
  }

  /** An admission webhook may fail on what one of them holds. */
  @Test
  void oneThatAlwaysFailsHoldsUpNoOtherAndIsTold() {
    observe(state("ok"));
    played.refusing = 500;
    played.refusingFirst = true;

    for (int i = 0; i < 3; i++) {
      observe(i == 0 ? state("bad") : Seen.NOTHING);
      assertThat(played.created).as("the other one").isNotEmpty();
    }

    assertThat(conditions()).contains("Stalled/RemediationNotCreated");
    assertThat(played.status().pendingOrEmpty())
        .singleElement()
        .satisfies(one -> assertThat(one.name()).isEqualTo(played.asked.getFirst()));
    observe(state("ok"));
    assertThat(observe(state("bad"))).isEqualTo(OWING);
    assertThat(played.status().pendingOrEmpty()).as("the next edge").hasSize(1);
    assertThat(played.status().actionsExecuted()).isEqualTo(3);
  }

  /** In whatever order they are asked for. */
  @Test
  void oneThatAlwaysFailsAfterOneThatIsCreatedIsToldToo() {
    observe(state("ok"));
    played.refusing = 500;
    played.refusingAllBut = 1;

    observe(state("bad"));
    observe(Seen.NOTHING);
    observe(Seen.NOTHING);

    assertThat(conditions()).contains("Stalled/RemediationNotCreated");
    assertThat(played.status().pendingOrEmpty()).hasSize(1);
  }

  @Test
  void whileTheServerWantsToBeLeftAloneItIs() {
    observe(state("ok"));
    played.refusing = 429;

    assertThat(observe(state("bad"))).isInstanceOf(Step.Owing.class);
    assertThat(observe(Seen.NOTHING)).isInstanceOf(Step.Owing.class);
    assertThat(conditions()).containsExactly("Ready/Monitoring");
    assertThat(observe(Seen.NOTHING)).isInstanceOf(Step.Owing.class);

    assertThat(played.asked).as("one stands for all").hasSize(3);
    assertThat(conditions()).contains("Stalled/RemediationNotCreated");
  }

  @Test
  void whatWasDueWhileTooMuchWasPendingIsSeenAnewOnceThereIsRoom() {
    observe(state("ok"));
    played.refusing = 403;
    observe(state("bad"));
    JsonObject full = played.statusJson();
    JsonArray pending = full.getAsJsonArray("pending");
    while (pending.size() < AppSnapshot.MOST_PENDING) {
      JsonObject another = pending.get(0).getAsJsonObject().deepCopy();
      another.addProperty("name", "rem-" + pending.size());
      pending.add(another);
    }
    played.writeStatus(full);
    observe(state("ok"));
    assertThat(observe(state("bad"))).isEqualTo(OWING);
    assertThat(played.status().pendingOrEmpty()).hasSize(AppSnapshot.MOST_PENDING);

    played.refusing = 0;
    assertThat(observe(Seen.NOTHING)).isEqualTo(Step.OUTDATED);
    assertThat(observe(state("bad"))).isEqualTo(Step.DONE);
    assertThat(played.created).hasSize(AppSnapshot.MOST_PENDING + 2);
  }

  /** The other replica had the app while this one might not act. */
  @Test
  void whatAnotherReplicaDidMeanwhileIsTheStateBefore() {
    CurrentApps ofOther = new CurrentApps(new TargetApps(List.of(played)));
    AppObserver.Session other =
        new AppScribe(ofOther, _ -> true, new MonitorDecider(), executor(ofOther), AppNews.NONE)
            .begin(PlayedApp.KEY);
    observe(state("ok"));
    now = now.plusSeconds(10);
    assertThat(other.observed(state("bad"), now)).isEqualTo(Step.DONE);
    assertThat(played.created).hasSize(2);

    assertThat(observe(new Seen.Same("http://shop"))).as("as what?").isEqualTo(Step.OUTDATED);
    assertThat(observe(state("ok"))).isEqualTo(Step.DONE);
    assertThat(observe(new Seen.Same("http://shop"))).isEqualTo(Step.DONE);
    assertThat(observe(state("bad"))).isEqualTo(Step.DONE);

    assertThat(played.created).as("the second outage").hasSize(4);
  }

  @Test
  void whileTheAppIsNotOursNothingIsTakenAndNothingLost() {
    observe(state("ok"));
    mine = false;

    assertThat(observe(state("bad"))).isEqualTo(new Step.Again(Duration.ofSeconds(1)));

    mine = true;
    assertThat(observe(state("bad"))).isEqualTo(Step.DONE);
    assertThat(played.created).hasSize(2);

    mine = false;
    played.gone = true;
    assertThat(observe(state("ok"))).as("nobody will ever take it").isEqualTo(Step.DONE);
  }

  /** A finalizer may keep it for days. */
  @Test
  void nothingIsDoneForAnAppThatIsBeingDeleted() {
    observe(state("ok"));
    played.refusing = 403;
    observe(state("bad"));
    observe(state("ok"));
    int asked = played.asked.size();
    JsonObject before = played.statusJson();
    played.refusing = 0;
    played.finalizers("example.com/mine");
    played.delete();

    assertThat(observe(state("bad"))).as("nobody will ever take it").isEqualTo(Step.DONE);
    assertThat(observe(Seen.NOTHING)).as("nor what is pending").isEqualTo(Step.DONE);

    assertThat(played.asked).hasSize(asked);
    assertThat(played.statusJson()).isEqualTo(before);
  }

  @Test
  void whatWasSeenBeforeAnotherRecordedIsOutdated() {
    observe(state("ok"));
    Instant before = now.plusSeconds(1);
    JsonObject ahead = played.statusJson();
    ahead.addProperty("sequence", 7);
    ahead.addProperty("lastPolled", NOON.plusSeconds(60).toString());
    played.writeStatus(ahead);

    assertThat(session.observed(state("bad"), before)).isEqualTo(Step.OUTDATED);
    assertThat(played.created).isEmpty();

    now = NOON.plusSeconds(70);
    assertThat(observe(state("bad"))).isEqualTo(Step.DONE);
    assertThat(played.created).hasSize(2);
  }

  @Test
  void aStateIsTheSameAfterItWasKept() {
    String odd = "{\"a\": \"\\ud800\", \"b\": 1.0, \"c\": 1e400, \"d\": [null, {\"\": true}]}";
    JsonObject data = JsonParser.parseString(odd).getAsJsonObject();
    data.add("many", new JsonArray());
    observe(new Seen.State("http://shop", data, List.of()));
    int events = played.events.size();

    observe(new Seen.State("http://shop", data.deepCopy(), List.of()));

    assertThat(played.events).as("nothing changed").hasSize(events);
  }
}
