// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.runtime.SystemScheduler;
import io.heal8s.graphql.exchange.PlayedServer;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Lease is kept on an API server that does not always answer. */
class MembershipTest {

  private static final Duration LEASE = Duration.ofSeconds(3);
  private static final int HANGS = 3;

  private final PlayedServer server = new PlayedServer();
  private final SystemScheduler scheduler = new SystemScheduler();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    executor.shutdownNow();
    scheduler.close();
    server.close();
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
        return PlayedServer.http(
            409,
            "application/json",
            """
            {"kind": "Status", "reason": "Conflict", "message": "it is another", "code": 409}
            """);
      }
      version++;
      return get();
    }
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
          if (calls.incrementAndGet() != HANGS) {
            answer.answer(out);
          }
        });
    MemberSettings settings = new MemberSettings("me", "s", LEASE, Duration.ofSeconds(1));
    Members members = new Members(settings, scheduler, Clock.systemUTC());
    ApiClient client = new ApiClient();
    client.setBasePath("http://127.0.0.1:" + server.destination().port());
    new Membership(
            settings,
            members,
            new KubernetesApi(client, settings.attempt()),
            scheduler,
            Clock.systemUTC(),
            executor)
        .start();
    await().atMost(Duration.ofSeconds(20)).until(members::mayAct);

    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              assertThat(members.mayAct()).as("after %d calls", calls.get()).isTrue();
              return calls.get() >= 3 * HANGS;
            });
  }
}
