// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.outbound.OutboundResult.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is sent, and what comes back. */
class OutboundAnswersTest extends OutboundCalls {

  @Test
  void anAnswerComesWithItsStatusHeadersAndBody() throws Exception {
    HostileServer server =
        server(
            HostileServer.text(
                "HTTP/1.1 429 Slow\nRetry-After: 7\nX-A: 1\nX-A: 2\nContent-Length: 5\n\nhello"));

    assertThat(get(server))
        .isInstanceOfSatisfying(
            Response.class,
            response -> {
              assertThat(response.status()).isEqualTo(429);
              assertThat(response.header("RETRY-AFTER")).contains("7");
              assertThat(response.headers().get("x-a")).containsExactly("1", "2");
              assertThat(response.body().text()).isEqualTo("hello");
              assertThat(response.toString()).doesNotContain("hello");
            });
  }

  @Test
  void sendsMethodHeadersAndBodyAndNothingOfItsOwnBesides() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 204 No Content\n\n"));
    OutboundRequest request =
        OutboundRequest.of("PUT", URI.create("http://127.0.0.1:" + server.port() + "/a?b=c"))
            .header("X-Token", "t")
            .body("application/json", "{}".getBytes(StandardCharsets.UTF_8));

    assertThat(client(LOOPBACK_LISTED, server.port()).send(request))
        .isInstanceOfSatisfying(Response.class, r -> assertThat(r.status()).isEqualTo(204));

    assertThat(server.heads()).hasSize(1);
    assertThat(server.heads().getFirst().lines().filter(line -> !line.isEmpty()))
        .containsExactlyInAnyOrder(
            "PUT /a?b=c HTTP/1.1",
            "X-Token: t",
            "Content-Type: application/json",
            "Content-Length: 2",
            "Host: 127.0.0.1:" + server.port(),
            "Connection: keep-alive",
            "User-Agent: heal8s");
    assertThat(request.toString()).doesNotContain("b=c");
    assertThat(request.headers().toString()).doesNotContain("= t").contains("X-Token");
  }

  @Test
  void aRedirectIsAnAnswerAndIsNotFollowed() throws Exception {
    HostileServer inside = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    HostileServer server =
        server(
            HostileServer.text(
                "HTTP/1.1 302 Found\nLocation: http://127.0.0.1:"
                    + inside.port()
                    + "/secret\nContent-Length: 0\n\n"));

    assertThat(get(server))
        .isInstanceOfSatisfying(Response.class, r -> assertThat(r.status()).isEqualTo(302));
    assertThat(inside.connections()).isZero();
  }

  @Test
  void aHeadRequestHasNoBodyWhateverIsAnnounced() throws Exception {
    HostileServer server =
        server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 99999999\n\n"));

    assertThat(
            client(LOOPBACK_LISTED, server.port())
                .send(
                    OutboundRequest.of(
                        "HEAD", URI.create("http://127.0.0.1:" + server.port() + "/"))))
        .isInstanceOfSatisfying(Response.class, r -> assertThat(r.body().length()).isZero());
  }

  @Test
  void connectionsAreUsedAgain() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"));
    OutboundHttpClient client = client(LOOPBACK_LISTED, server.port());

    for (int i = 0; i < 5; i++) {
      assertThat(
              client.send(
                  OutboundRequest.of("GET", URI.create("http://127.0.0.1:" + server.port() + "/"))))
          .isInstanceOf(Response.class);
    }

    assertThat(server.heads()).hasSize(5);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void aCookieIsNotKept() throws Exception {
    HostileServer server =
        server(HostileServer.text("HTTP/1.1 200 OK\nSet-Cookie: a=b\nContent-Length: 0\n\n"));
    OutboundHttpClient client = client(LOOPBACK_LISTED, server.port());
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");

    assertThat(client.send(OutboundRequest.of("GET", uri))).isInstanceOf(Response.class);
    assertThat(client.send(OutboundRequest.of("GET", uri))).isInstanceOf(Response.class);

    assertThat(server.heads().getLast()).doesNotContainIgnoringCase("cookie");
  }
}
