// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.exchange.PlayedServer;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Lease is kept on an API server that does not always answer. */
class MembershipTest {

  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final int HANGS = 3;
  private static final String CONFLICT =
      """
      {"kind": "Status", "reason": "Conflict", "message": "it is another", "code": 409}
      """;

  private final MemberSettings settings =
      new MemberSettings("me", "s", LEASE, Duration.ofSeconds(1));
  private final PlayedServer server = new PlayedServer();
  private final Hands hands = new Hands();
  private final Members members = new Members(settings, hands, Clock.systemUTC());

  @AfterEach
  void stop() {
    server.close();
  }

  /** Time that a test moves, to the one wake-up that is to come. */
  private static final class Hands implements Scheduler {
    private record Task(long due, Runnable run) {}

    private @Nullable Task next;
    private long now;

    @Override
    public synchronized long nanos() {
      return now;
    }

    @Override
    public synchronized Wakeup after(Duration delay, Runnable task) {
      next = new Task(now + delay.toNanos(), task);
      return () -> {};
    }

    synchronized void pass(Duration time) {
      now += time.toNanos();
    }

    /** To the wake-up, which is not run yet. */
    synchronized Runnable turn() {
      Task due = Objects.requireNonNull(next);
      next = null;
      now = Math.max(now, due.due());
      return due.run();
    }

    synchronized boolean isPending() {
      return next != null;
    }
  }

  /** A Lease with versions, as the API server keeps it. */
  private static final class PlayedLease {
    private int version;

    PlayedServer.Answering get() {
      return PlayedServer.json(
          """
          {"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
           "metadata": {"name": "graphql-monitor-me", "namespace": "s", "resourceVersion": "%d"}}
          """
              .formatted(version));
    }

    PlayedServer.Answering write(String request) {
      if (request.startsWith("PUT") && !request.contains("\"" + version + "\"")) {
        return PlayedServer.http(409, "application/json", CONFLICT);
      }
      version++;
      return get();
    }
  }

  /** Each attempt runs on the thread that began it. */
  private Membership membership(Duration timeout) {
    ApiClient client = new ApiClient();
    client.setBasePath("http://127.0.0.1:" + server.destination().port());
    return new Membership(
        settings,
        members,
        new KubernetesApi(client, timeout),
        hands,
        Clock.systemUTC(),
        Runnable::run);
  }

  private List<String> methods() {
    return server.received().stream()
        .map(request -> request.substring(0, request.indexOf(' ')))
        .toList();
  }

  /** It is written, and nobody is told. */
  @Test
  void oneRenewalThatHangsCostsNoShareOfTheWork() {
    AtomicInteger calls = new AtomicInteger();
    PlayedLease lease = new PlayedLease();
    server.playing(
        out -> {
          String request = server.received().getLast();
          PlayedServer.Answering answer =
              request.startsWith("GET") ? lease.get() : lease.write(request);
          if (calls.incrementAndGet() == HANGS) {
            hands.pass(settings.attempt());
          } else {
            answer.answer(out);
          }
        });
    // The one that hangs takes as long; what counts is the time that the hands show.
    membership(Duration.ofSeconds(3)).start();
    assertThat(members.mayAct()).isTrue();

    while (calls.get() < 3 * HANGS) {
      Runnable renewal = hands.turn();
      assertThat(members.mayAct()).as("before, after %d calls", calls.get()).isTrue();
      renewal.run();
      assertThat(members.mayAct()).as("after %d calls", calls.get()).isTrue();
    }
  }

  /** A renewal that comes after the deletion makes the Lease anew, and nobody takes it away. */
  @Test
  void theDeletionComesAfterTheRenewalThatIsUnderWay() throws InterruptedException {
    CountDownLatch answered = new CountDownLatch(1);
    PlayedLease lease = new PlayedLease();
    server.playing(
        out -> {
          String request = server.received().getLast();
          if (request.startsWith("PUT")) {
            waitFor(answered);
            PlayedServer.http(409, "application/json", CONFLICT).answer(out);
          } else {
            (request.startsWith("POST") ? lease.write(request) : lease.get()).answer(out);
          }
        });
    Membership membership = membership(Duration.ofSeconds(60));
    membership.start();
    Thread renewing = Thread.ofVirtual().start(hands.turn());
    await().until(() -> methods().contains("PUT"));

    Thread stopping = Thread.ofVirtual().start(membership::stop);
    await().until(() -> !members.mayAct());
    await().during(Duration.ofMillis(500)).until(() -> !methods().contains("DELETE"));
    answered.countDown();
    stopping.join();
    renewing.join();
    assertThat(methods()).as("and nothing else").containsExactly("POST", "PUT", "DELETE");
    assertThat(members.mayAct()).isFalse();
    assertThat(hands.isPending()).isFalse();
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
