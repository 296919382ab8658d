// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.outbound.OutboundResult.Failed;
import io.heal8s.core.http.outbound.OutboundResult.FailureKind;
import io.heal8s.core.http.outbound.OutboundResult.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Proxies of the environment, many threads, and closing. */
class OutboundClientLifeTest extends OutboundCalls {

  @Test
  void aProxyOfTheEnvironmentIsNotUsed() throws Exception {
    HostileServer proxy = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    HostileServer server = server(HostileServer.text("HTTP/1.1 204 No Content\n\n"));
    resolver.then("127.0.0.1");
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", Integer.toString(proxy.port()));
    System.setProperty("http.nonProxyHosts", "");
    try {
      assertThat(
              client(LOOPBACK_LISTED, server.port())
                  .send(
                      OutboundRequest.of(
                          "GET", URI.create("http://shop.example:" + server.port() + "/"))))
          .isInstanceOfSatisfying(Response.class, r -> assertThat(r.status()).isEqualTo(204));
    } finally {
      System.clearProperty("http.proxyHost");
      System.clearProperty("http.proxyPort");
      System.clearProperty("http.nonProxyHosts");
    }
    assertThat(proxy.connections()).isZero();
  }

  @Test
  void manyVirtualThreadsShareFewConnections() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"));
    OutboundHttpClient client = client(LOOPBACK_LISTED, server.port());
    List<Future<OutboundResult>> answers = new ArrayList<>();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        answers.add(threads.submit(() -> client.send(to(server))));
      }
    }

    for (Future<OutboundResult> answer : answers) {
      assertThat(answer.get()).isInstanceOf(Response.class);
    }
    assertThat(server.heads()).hasSize(200);
    assertThat(server.connections()).isLessThanOrEqualTo(8);
  }

  @Test
  void aClosedClientSaysSo() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\n\n"));
    resolver.then("127.0.0.1");
    OutboundHttpClient client = client(LOOPBACK_LISTED, server.port());
    client.close();

    assertThat(client.send(to(server)))
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.Interrupted));
    assertThat(
            client.send(OutboundRequest.of("GET", URI.create("http://a.example:" + server.port()))))
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.Interrupted));
  }
}
