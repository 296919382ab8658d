// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.api.kco.targetapp.Subscription;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.NameResolver;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.core.runtime.SystemScheduler;
import io.heal8s.graphql.endpoint.EndpointFinder;
import io.heal8s.graphql.endpoint.EndpointReference;
import io.heal8s.graphql.endpoint.UrlGuard;
import io.heal8s.graphql.exchange.GraphQlClient;
import io.heal8s.graphql.exchange.HttpCall;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.graphql.exchange.SubscriptionClient;
import io.heal8s.graphql.intent.Seen;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Real polls of servers on this machine, in the time of a {@link QuickScheduler}: what is ten
 * seconds to the fleet is 200 ms.
 */
class FleetTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration FAST = Duration.ofSeconds(10);
  private static final ObjectKey SHOP = new ObjectKey("a", "shop");
  private static final ObjectKey BANK = new ObjectKey("a", "bank");

  private final SystemScheduler scheduler = new SystemScheduler();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final PlayedServer shop = new PlayedServer();
  private final PlayedServer bank = new PlayedServer();
  private final Map<ObjectKey, Setup> setups = new ConcurrentHashMap<>();
  private final Recorder recorder = new Recorder();
  private final AppMetrics metrics = new AppMetrics();
  private final Set<ObjectKey> mine = ConcurrentHashMap.newKeySet();
  private final Fleet fleet =
      new Fleet(environment(new QuickScheduler(scheduler), 600), mine::contains);

  /** Keeps what it is told, and is not done before it may be. */
  private static final class Recorder implements AppObserver {
    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final List<Integer> sessions = new CopyOnWriteArrayList<>();
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger settled = new AtomicInteger();
    volatile boolean refusing;
    volatile CountDownLatch writing = new CountDownLatch(0);

    @Override
    public Session begin(ObjectKey app) {
      int session = begun.incrementAndGet();
      return (what, _) -> observed(what, session);
    }

    private Step observed(Seen what, int session) {
      if (what instanceof Seen.Nothing) {
        settled.incrementAndGet();
        return Step.DONE;
      }
      sessions.add(session);
      seen.add(what);
      try {
        writing.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException stopping) {
        Thread.currentThread().interrupt();
      }
      return refusing ? new Step.Again(Duration.ofMillis(250)) : Step.DONE;
    }
  }

  private PollEnvironment environment(Scheduler time, int perMinute) {
    AddressPolicy policy = new AddressPolicy(List.of(Cidr.valueOf("127.0.0.0/8")));
    return new PollEnvironment(
        Clock.systemUTC(),
        time,
        executor,
        new Random(1),
        (app, known) -> setups.getOrDefault(app, Setup.GONE),
        new EndpointFinder(
            List.of(),
            List.of(),
            new UrlGuard(Set.of("http"), Set.of(), policy, NameResolver.system()),
            policy),
        new GraphQlClient(scheduler, 64 * 1024, 32),
        new SubscriptionClient(scheduler, 64 * 1024, 32),
        recorder,
        metrics,
        new PollTimes(new SimpleMeterRegistry()),
        perMinute,
        Duration.ofMinutes(25));
  }

  @AfterEach
  void stop() {
    fleet.stop();
    executor.shutdownNow();
    scheduler.close();
    shop.close();
    bank.close();
  }

  private void poll(ObjectKey app, PlayedServer server, Duration interval, int retries) {
    poll(app, "1", server, interval, retries);
  }

  private void poll(
      ObjectKey app, String version, PlayedServer server, Duration interval, int retries) {
    setUp(app, version, server, interval, retries);
    fleet.appeared(app, Duration.ZERO);
  }

  private void setUp(
      ObjectKey app, String version, PlayedServer server, Duration interval, int retries) {
    setups.put(
        app,
        new Setup.Ready(
            version,
            Long.MAX_VALUE,
            new EndpointReference.Url(app.namespace(), server.destination().url()),
            null,
            HttpCall.of("{\"query\":\"{health}\"}"),
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            interval,
            PATIENCE,
            retries,
            false));
    mine.add(app);
  }

  private static String state(String health) {
    return "{\"data\":{\"health\":\"" + health + "\"}}";
  }

  @Test
  void aStateIsObservedOnceAndAgainWhenItChanges() {
    shop.playing(PlayedServer.json(state("ok")));
    poll(SHOP, shop, FAST, 0);
    await().atMost(PATIENCE).until(() -> shop.received().size() >= 5);
    assertThat(recorder.seen).hasSize(1);
    shop.playing(PlayedServer.json(state("bad")));
    await().atMost(PATIENCE).until(() -> recorder.seen.size() == 2);
    assertThat(recorder.seen.get(1))
        .isInstanceOfSatisfying(
            Seen.State.class,
            state -> assertThat(state.data().toString()).isEqualTo("{\"health\":\"bad\"}"));
    assertThat(shop.connections()).as("all on one connection").isEqualTo(1);
    assertThat(recorder.settled).hasValue(1);
  }

  @Test
  void anAppThatComesBackWhileItsLastStateIsWrittenIsASessionOfItsOwn() {
    CountDownLatch writing = new CountDownLatch(1);
    recorder.writing = writing;
    shop.playing(PlayedServer.json(state("ok")));
    poll(SHOP, shop, FAST, 0);
    await().atMost(PATIENCE).until(() -> recorder.sessions.size() == 1);
    fleet.gone(SHOP);
    fleet.appeared(SHOP, Duration.ZERO);
    await().atMost(PATIENCE).until(() -> recorder.sessions.size() == 2);
    writing.countDown();
    shop.playing(PlayedServer.json(state("bad")));
    await().atMost(PATIENCE).until(() -> recorder.sessions.size() == 3);
    assertThat(recorder.sessions).containsExactly(1, 2, 2);
  }

  @Test
  void aSlowAppDelaysNobodyAndIsNeverAskedTwiceAtOnce() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    shop.playing(
        out -> {
          try {
            over.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    bank.playing(PlayedServer.json(state("ok")));
    // As long as the request may take, a second one would be due many times.
    poll(SHOP, shop, PATIENCE, 0);
    poll(BANK, bank, FAST, 0);
    await().atMost(PATIENCE).until(() -> bank.received().size() >= 20);
    fleet.appeared(SHOP, Duration.ZERO);
    assertThat(shop.received()).hasSize(1);
    over.countDown();
  }

  @Test
  void aPollIsRepeatedWithinItsIntervalAndThenSaysWhy() {
    shop.playing(PlayedServer.http(503, "text/plain", "busy"));
    poll(SHOP, shop, Duration.ofDays(2), 1);
    await().atMost(PATIENCE).until(() -> recorder.seen.size() == 1);
    assertThat(shop.received()).hasSize(2);
    assertThat(recorder.seen.getFirst())
        .isInstanceOfSatisfying(
            Seen.Failure.class,
            nothing -> {
              assertThat(nothing.reason()).isEqualTo("ServerFailed");
              assertThat(nothing.message()).contains("HTTP status 503");
            });
  }

  @Test
  void whatWillNotPassIsNotRepeated() {
    shop.playing(PlayedServer.http(200, "text/html", "<h1>Welcome</h1>"));
    poll(SHOP, shop, Duration.ofDays(2), 3);
    await().atMost(PATIENCE).until(() -> recorder.seen.size() == 1);
    assertThat(shop.received()).hasSize(1);
  }

  @Test
  void theLimitOfRequestsBinds() {
    shop.playing(PlayedServer.json(state("ok")));
    Fleet limited = new Fleet(environment(scheduler, 1), mine::contains);
    setups.put(
        SHOP,
        new Setup.Ready(
            "1",
            Long.MAX_VALUE,
            new EndpointReference.Url("a", shop.destination().url()),
            null,
            HttpCall.of("{}"),
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            Duration.ofMillis(10),
            Duration.ofSeconds(10),
            0,
            false));
    mine.add(SHOP);
    limited.appeared(SHOP, Duration.ZERO);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                metrics.of(SHOP).view().polls()[AppCounts.PollStatus.rate_limited.ordinal()] >= 5);
    long[] polls = metrics.of(SHOP).view().polls();
    limited.stop();
    assertThat(
            polls[AppCounts.PollStatus.success.ordinal()]
                + polls[AppCounts.PollStatus.error.ordinal()])
        .isEqualTo(10);
    assertThat(shop.received())
        .as("a poll that ended before its connection was there is one too")
        .hasSizeBetween(1, 10);
  }

  private static List<String> healths(List<Seen> seen) {
    return seen.stream().map(one -> ((Seen.State) one).data().get("health").getAsString()).toList();
  }

  /** What waits to be written holds up no poll, and no change that is seen meanwhile is lost. */
  @Test
  void whatCannotBeHandedInIsHandedInAgainInOrderAndPollsGoOn() {
    recorder.refusing = true;
    shop.playing(PlayedServer.json(state("bad")));
    poll(SHOP, shop, FAST, 0);
    await().atMost(PATIENCE).until(() -> shop.received().size() >= 5);
    shop.playing(PlayedServer.json(state("ok")));
    int before = recorder.seen.size();
    await().atMost(PATIENCE).until(() -> recorder.seen.size() >= before + 5);
    assertThat(healths(recorder.seen)).containsOnly("bad");
    // Two wait, and a third one could not be kept.
    int asked = shop.received().size();
    int tries = recorder.seen.size();
    await().atMost(PATIENCE).until(() -> recorder.seen.size() >= tries + 100);
    assertThat(shop.received()).hasSizeLessThanOrEqualTo(asked + 1);

    int refused = recorder.seen.size();
    recorder.refusing = false;
    shop.playing(PlayedServer.json(state("bad")));
    await().atMost(PATIENCE).until(() -> healths(recorder.seen).contains("ok"));
    await().atMost(PATIENCE).until(() -> healths(recorder.seen).getLast().equals("bad"));
    assertThat(healths(recorder.seen.subList(refused - 1, recorder.seen.size())))
        .startsWith("bad")
        .endsWith("ok", "bad")
        .containsOnlyOnce("ok");
  }

  /** A write that takes long, as when ten thousand first states wait, makes no poll late. */
  @Test
  void aPollIsInTimeWhileWhatWasSeenIsWritten() throws InterruptedException {
    CountDownLatch written = new CountDownLatch(1);
    recorder.writing = written;
    shop.playing(PlayedServer.json(state("ok")));
    poll(SHOP, shop, FAST, 0);
    await().atMost(PATIENCE).until(() -> shop.received().size() >= 5);
    assertThat(recorder.seen).hasSize(1);
    written.countDown();
    int before = shop.received().size();
    await().atMost(PATIENCE).until(() -> shop.received().size() >= before + 3);
    assertThat(recorder.seen).as("the same state is no news").hasSize(1);
  }

  @Test
  void aChangedSetupIsPolledAtOnce() {
    shop.playing(PlayedServer.json(state("ok")));
    bank.playing(PlayedServer.json(state("moved")));
    poll(SHOP, shop, Duration.ofDays(2), 0);
    await().atMost(PATIENCE).until(() -> recorder.seen.size() == 1);
    poll(SHOP, "2", bank, Duration.ofDays(2), 0);
    await().atMost(PATIENCE).until(() -> recorder.seen.size() == 2);
    assertThat(recorder.seen.getLast().toString()).contains("moved");
  }

  @Test
  void whatIsTakenOverIsPolledSoonWhateverItsInterval() {
    shop.playing(PlayedServer.json(state("ok")));
    List<ObjectKey> orphans =
        IntStream.range(0, 20).mapToObj(i -> new ObjectKey("a", "app-" + i)).toList();
    for (ObjectKey app : orphans) {
      setUp(app, "1", shop, Duration.ofDays(2), 0);
    }
    fleet.reshare(orphans, _ -> false, FAST);
    await().atMost(PATIENCE).until(() -> shop.received().size() == orphans.size());
    assertThat(fleet.size()).isEqualTo(orphans.size());
  }

  @Test
  void whoIsNotOursAnyMoreIsLeftAlone() throws IOException {
    shop.playing(PlayedServer.json(state("ok")));
    poll(SHOP, shop, FAST, 0);
    await().atMost(PATIENCE).until(() -> shop.received().size() >= 3);
    assertThat(fleet.names()).containsExactly("a/shop");
    mine.remove(SHOP);
    fleet.reshare(List.of(SHOP), SHOP::equals, Duration.ZERO);
    assertThat(fleet.size()).isZero();
    StringBuilder page = new StringBuilder();
    metrics.writeTo(page::append);
    assertThat(page.toString()).doesNotContain("tapp_name");
    mine.add(SHOP);
    fleet.reshare(List.of(SHOP), _ -> false, Duration.ZERO);
    assertThat(fleet.names()).containsExactly("a/shop");
  }

  private void subscribe(PlayedServer server, int retries) {
    setups.put(
        SHOP,
        new Setup.Ready(
            "1",
            Long.MAX_VALUE,
            new EndpointReference.Url("a", server.destination().url()),
            Subscription.Protocol.SSE,
            HttpCall.of("{\"query\":\"subscription {health}\"}"),
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            Duration.ofSeconds(25),
            Duration.ofSeconds(10),
            retries,
            false));
    mine.add(SHOP);
    fleet.appeared(SHOP, Duration.ZERO);
  }

  private static PlayedServer.Answering events(String... data) {
    StringBuilder text =
        new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    for (String one : data) {
      text.append("event: next\ndata: ").append(one).append("\n\n");
    }
    byte[] whole = text.toString().getBytes(StandardCharsets.UTF_8);
    return out -> out.write(whole);
  }

  @Test
  void aSubscribedAppIsToldOfInOrderAndOnlyOnceAtATime() {
    recorder.refusing = true;
    String[] states = new String[40];
    for (int i = 0; i < states.length; i++) {
      states[i] = state("h" + i);
    }
    shop.playing(events(states));
    subscribe(shop, 3);
    await().atMost(PATIENCE).until(() -> recorder.seen.size() >= 3);
    assertThat(recorder.seen).allMatch(seen -> seen.toString().contains("\"h0\""));
    recorder.seen.clear();
    recorder.refusing = false;
    await().atMost(PATIENCE).until(() -> recorder.seen.toString().contains("\"h39\""));
    List<String> order =
        recorder.seen.stream().map(Object::toString).filter(text -> !text.contains("h0")).toList();
    for (int i = 1; i < states.length; i++) {
      assertThat(order.get(i - 1)).contains("\"h" + i + "\"");
    }
  }

  @Test
  void aSubscriptionThatTellsNothingIsShownAndGoesOn() {
    shop.playing(events());
    subscribe(shop, 0);
    await().atMost(PATIENCE).until(() -> !recorder.seen.isEmpty());
    assertThat(recorder.seen.getFirst())
        .isInstanceOfSatisfying(
            Seen.Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo("NoStateTold");
              assertThat(failure.stalled()).isFalse();
            });
  }

  @Test
  void aSubscriptionThatBreaksAndComesBackIsNoFailure() {
    shop.playing(events(state("ok")));
    subscribe(shop, 3);
    await().atMost(PATIENCE).until(() -> recorder.seen.size() == 1);
    shop.playing(events(state("bad")));
    shop.hangUp();
    await().atMost(PATIENCE).until(() -> recorder.seen.toString().contains("bad"));
    assertThat(shop.received()).hasSizeGreaterThanOrEqualTo(2);
  }
}
