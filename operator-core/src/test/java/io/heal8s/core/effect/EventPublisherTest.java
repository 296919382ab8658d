// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heal8s.core.decide.Announcement;
import io.heal8s.core.runtime.ManualExecutor;
import io.heal8s.core.runtime.ManualScheduler;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events as a real API server accepts and keeps them. */
@RealCluster
class EventPublisherTest {

  private static final ResourceType<JsonObject> EVENTS =
      ResourceType.untyped("events.k8s.io", "v1", "Event", "events", true);
  private static final Announcement HEALED = Announcement.normal("Healed", "It is well again");

  private final ManualScheduler time = new ManualScheduler();
  private final ManualExecutor executor = new ManualExecutor();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void announcementBecomesAnEventThatPeopleFindOnTheObject(TestCluster cluster) {
    EventPublisher publisher = publisher(cluster.admin());
    publisher.publish(object(cluster, "shop"), HEALED);
    executor.runAll();

    assertThat(events(cluster)).singleElement().satisfies(EventPublisherTest::isHealed);
  }

  private static void isHealed(JsonObject event) {
    assertThat(event.get("reason").getAsString()).isEqualTo("Healed");
    assertThat(event.get("note").getAsString()).isEqualTo("It is well again");
    assertThat(event.get("type").getAsString()).isEqualTo("Normal");
    assertThat(event.get("action").getAsString()).isEqualTo("Healed");
    assertThat(event.get("reportingController").getAsString()).isEqualTo("heal8s.io/test");
    assertThat(event.getAsJsonObject("regarding").get("name").getAsString()).isEqualTo("shop");
  }

  @Test
  void repeatsBecomeOneSeriesThatIsWrittenRarely(TestCluster cluster) {
    EventPublisher publisher = publisher(cluster.admin());
    ObjectReference shop = object(cluster, "shop");
    for (int i = 0; i < 500; i++) {
      publisher.publish(shop, HEALED);
      executor.runAll();
    }
    assertThat(events(cluster)).singleElement().satisfies(event -> hasCount(event, 2));
    time.advance(Duration.ofMinutes(1));
    executor.runAll();
    assertThat(events(cluster)).singleElement().satisfies(event -> hasCount(event, 500));

    time.advance(Duration.ofMinutes(11));
    publisher.publish(shop, HEALED);
    executor.runAll();
    assertThat(events(cluster)).as("because ten quiet minutes end a series").hasSize(2);
  }

  @Test
  void aServiceMayHaveAnotherWindowAndKnowsWhatIsInIt(TestCluster cluster) {
    EventPublisher publisher =
        publisher(cluster.admin(), new EventPublisher.Bounds(10, Duration.ofMinutes(5)));
    ObjectReference shop = object(cluster, "shop");
    publisher.publish(shop, HEALED);
    publisher.publish(object(cluster, "bank"), HEALED);
    executor.runAll();
    assertThat(publisher.remembered()).isEqualTo(2);
    time.advance(Duration.ofMinutes(5));
    publisher.publish(shop, HEALED);
    executor.runAll();
    assertThat(events(cluster)).as("five minutes are still within the window").hasSize(2);
    time.advance(Duration.ofMinutes(5).plusMillis(1));
    assertThat(publisher.remembered()).isZero();
    publisher.publish(shop, HEALED);
    executor.runAll();
    assertThat(events(cluster)).hasSize(3);
  }

  private static void hasCount(JsonObject event, int count) {
    assertThat(event.getAsJsonObject("series").get("count").getAsInt()).isEqualTo(count);
  }

  @Test
  void otherKeysAndOtherObjectsAreOtherEvents(TestCluster cluster) {
    EventPublisher publisher = publisher(cluster.admin());
    publisher.publish(object(cluster, "shop"), HEALED);
    publisher.publish(object(cluster, "bank"), HEALED);
    publisher.publish(
        object(cluster, "shop"),
        new Announcement(Announcement.Type.Warning, "Healed", "x", "Heal", "other"));
    executor.runAll();

    assertThat(events(cluster)).hasSize(3);
  }

  @Test
  void longTextIsCutToWhatTheServerTakes(TestCluster cluster) {
    EventPublisher publisher = publisher(cluster.admin());
    publisher.publish(
        object(cluster, "a".repeat(253)),
        new Announcement(
            Announcement.Type.Warning, "R".repeat(500), "ä".repeat(5000), "A".repeat(500), "k"));
    executor.runAll();

    assertThat(events(cluster)).hasSize(1);
    assertThat(dropped()).isZero();
  }

  @Test
  void missingRightDropsAndCountsAndNeverFails(TestCluster cluster) {
    EventPublisher publisher = publisher(cluster.asUser("nobody"));
    publisher.publish(object(cluster, "shop"), HEALED);
    publisher.publish(object(cluster, "bank"), HEALED);
    executor.runAll();

    assertThat(dropped()).isEqualTo(2);
    assertThat(time.pending()).as("because it would not help to try again").isZero();
  }

  @Test
  void serverThatIsAwayIsTriedThreeTimesAndTheRestWaitsBounded() {
    EventPublisher publisher = publisher(new ApiClient().setBasePath("http://127.0.0.1:1"));
    for (int i = 0; i < 1500; i++) {
      publisher.publish(new ObjectReference("v1", "Pod", new ObjectKey("ns", "p" + i), ""), HEALED);
    }
    assertThat(dropped()).as("because 1,000 may wait").isEqualTo(500);
    executor.runAll();
    assertThat(dropped()).isEqualTo(500);
    for (int i = 0; i < 3; i++) {
      time.advance(Duration.ofSeconds(10));
      executor.runAll();
    }
    assertThat(dropped()).isGreaterThan(500).isLessThan(510);
  }

  @Test
  void aServiceWithManyObjectsMayLetMoreWait() {
    EventPublisher publisher = publisher(new ApiClient().setBasePath("http://127.0.0.1:1"), 1500);
    for (int i = 0; i < 1501; i++) {
      publisher.publish(new ObjectReference("v1", "Pod", new ObjectKey("ns", "p" + i), ""), HEALED);
    }
    assertThat(dropped()).isEqualTo(1);
  }

  private EventPublisher publisher(ApiClient client) {
    return new EventPublisher(
        new KubernetesApi(client, Duration.ofSeconds(10)),
        "heal8s.io/test",
        "test-1",
        time.clock(),
        time,
        executor,
        meters);
  }

  private EventPublisher publisher(ApiClient client, int mostWaiting) {
    return publisher(client, new EventPublisher.Bounds(mostWaiting, Duration.ofMinutes(10)));
  }

  private EventPublisher publisher(ApiClient client, EventPublisher.Bounds bounds) {
    return new EventPublisher(
        new KubernetesApi(client, Duration.ofSeconds(10)),
        "heal8s.io/test",
        "test-1",
        time.clock(),
        time,
        executor,
        meters,
        bounds);
  }

  private double dropped() {
    return meters.counter("heal8s.events.dropped", "controller", "heal8s.io/test").count();
  }

  private static ObjectReference object(TestCluster cluster, String name) {
    return new ObjectReference("v1", "Pod", new ObjectKey(cluster.namespace(), name), "u-1");
  }

  private static List<JsonObject> events(TestCluster cluster) {
    return new KubernetesReader(new KubernetesApi(cluster.admin(), Duration.ofSeconds(10)))
        .list(EVENTS, Selector.namespace(cluster.namespace()))
        .orThrow();
  }
}
