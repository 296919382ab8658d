// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import static org.awaitility.Awaitility.await;

import io.heal8s.core.api.kco.targetapp.Subscription;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.outbound.NameResolver;
import io.heal8s.core.runtime.SystemScheduler;
import io.heal8s.graphql.endpoint.EndpointFinder;
import io.heal8s.graphql.endpoint.EndpointReference;
import io.heal8s.graphql.endpoint.ListedStore;
import io.heal8s.graphql.endpoint.PodView;
import io.heal8s.graphql.endpoint.PortReference;
import io.heal8s.graphql.endpoint.UrlGuard;
import io.heal8s.graphql.exchange.GraphQlClient;
import io.heal8s.graphql.exchange.HttpCall;
import io.heal8s.graphql.exchange.PlayedServer;
import io.heal8s.graphql.exchange.SubscriptionClient;
import io.heal8s.graphql.intent.Seen;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A fleet of one app, which a server on this machine plays. Its time is a {@link QuickScheduler}'s.
 */
final class PlayedFleet implements AutoCloseable {

  static final ObjectKey SHOP = new ObjectKey("a", "shop");

  private final SystemScheduler scheduler = new SystemScheduler();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  final PlayedServer shop = new PlayedServer();
  final List<Seen> seen = new CopyOnWriteArrayList<>();
  final AtomicInteger settled = new AtomicInteger();
  final AppMetrics metrics = new AppMetrics();
  final Fleet fleet;

  /** What becomes of an observation. */
  volatile BiFunction<Seen, Instant, AppObserver.Step> step = (_, _) -> AppObserver.Step.DONE;

  /** Whether this process may act. */
  volatile boolean mine = true;

  /** Of the fleet's own time, which is quick: 200 ms. */
  volatile Duration interval = Duration.ofSeconds(10);

  /** How often it was looked what the app is: once for each turn. */
  final AtomicInteger turns = new AtomicInteger();

  final PlayedClock clock = new PlayedClock();
  private volatile @Nullable String subscribedUrl;

  private final int pods;

  /** How often a poll that failed is repeated. */
  volatile int retries;

  PlayedFleet() {
    this(6000, 0);
  }

  /**
   * @param requestsPerMinute that the app may be sent
   * @param pods of the app, each of which is asked; 0 for an app at a URL
   */
  PlayedFleet(int requestsPerMinute, int pods) {
    this.pods = pods;
    AddressPolicy policy = new AddressPolicy(List.of(Cidr.valueOf("127.0.0.0/8")));
    fleet =
        new Fleet(
            new PollEnvironment(
                clock,
                new QuickScheduler(scheduler),
                executor,
                new Random(1),
                (_, _) -> {
                  Setup setup = mine ? setup() : Setup.GONE;
                  turns.incrementAndGet();
                  return setup;
                },
                new EndpointFinder(
                    List.of(new ListedStore<>(PodView.TYPE, podsOfShop(pods), PodView::labelKeys)),
                    List.of(),
                    new UrlGuard(Set.of("http"), Set.of(), policy, NameResolver.system()),
                    policy),
                new GraphQlClient(scheduler, 64 * 1024, 32),
                new SubscriptionClient(scheduler, 64 * 1024, 32),
                _ -> this::observed,
                metrics,
                new PollTimes(new SimpleMeterRegistry()),
                requestsPerMinute,
                Duration.ofMinutes(25)),
            _ -> mine);
  }

  private AppObserver.Step observed(Seen what, Instant at) {
    if (what instanceof Seen.Nothing) {
      settled.incrementAndGet();
    } else {
      seen.add(what);
    }
    return step.apply(what, at);
  }

  private static List<PodView> podsOfShop(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new PodView(
                    new PodView.Meta(
                        "shop-" + i, "a", "u" + i, "1", Map.of("app", "shop"), null, null),
                    null,
                    new PodView.Status(
                        "Running",
                        "127.0.0.1",
                        null,
                        List.of(new PodView.Condition("Ready", "True")))))
        .toList();
  }

  private EndpointReference reference(@Nullable String url) {
    return pods == 0
        ? new EndpointReference.Url("a", url == null ? shop.destination().url() : url)
        : new EndpointReference.Pods(
            "a",
            Map.of("app", "shop"),
            new PortReference.Number(shop.destination().port()),
            false,
            null,
            "/graphql",
            true);
  }

  private Setup setup() {
    String url = subscribedUrl;
    return new Setup.Ready(
        "1",
        Long.MAX_VALUE,
        reference(url),
        url == null ? null : Subscription.Protocol.GRAPHQL_WS,
        HttpCall.of("{\"query\":\"{health}\"}"),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        interval,
        Duration.ofSeconds(10),
        retries,
        false);
  }

  /** The app tells its state by itself, there. */
  void subscribeTo(String url) {
    subscribedUrl = url;
  }

  void begin() {
    fleet.appeared(SHOP, Duration.ZERO);
  }

  void play(String health) {
    shop.playing(PlayedServer.json("{\"data\":{\"health\":\"" + health + "\"}}"));
  }

  int polls() {
    return shop.received().size();
  }

  static ConditionFactory patience() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }

  void awaitMorePolls(int more) {
    int before = polls();
    patience().until(() -> polls() >= before + more);
  }

  @Override
  public void close() {
    fleet.stop();
    executor.shutdownNow();
    scheduler.close();
    shop.close();
  }
}
