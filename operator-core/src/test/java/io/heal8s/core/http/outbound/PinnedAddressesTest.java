// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.address.HostName;
import io.heal8s.core.http.outbound.OutboundResult.Failed;
import io.heal8s.core.http.outbound.OutboundResult.FailureKind;
import io.heal8s.core.http.outbound.OutboundResult.RefusalReason;
import io.heal8s.core.http.outbound.OutboundResult.Refused;
import io.heal8s.core.http.outbound.OutboundResult.Response;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Names are resolved once, and only vetted addresses are called. */
class PinnedAddressesTest extends OutboundCalls {

  @Test
  void aNameIsResolvedOnceAndTheVettedAddressIsCalled() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    // Rebinding: a second question would lead to a metadata service.
    resolver.then("127.0.0.1").then("169.254.169.254");

    OutboundResult result =
        client(LOOPBACK_LISTED, server.port())
            .send(
                OutboundRequest.of(
                    "GET", URI.create("http://shop.example:" + server.port() + "/x")));

    assertThat(result).isInstanceOf(Response.class);
    assertThat(resolver.asked).containsExactly("shop.example");
    assertThat(server.heads().getFirst()).contains("Host: shop.example:" + server.port());
  }

  @Test
  void aNameThatTurnsPrivateIsRefusedThoughItWasFineBefore() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    resolver.then("127.0.0.1").then("10.0.0.1");
    OutboundHttpClient client = client(LOOPBACK_LISTED, server.port());
    OutboundRequest request =
        OutboundRequest.of("GET", URI.create("http://shop.example:" + server.port() + "/"));

    assertThat(client.send(request)).isInstanceOf(Response.class);
    assertThat(client.send(request))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(RefusalReason.AddressNotAllowed));
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void oneBadAddressAmongGoodOnesRefusesThemAll() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\n\n"));
    resolver.then("127.0.0.1", "192.168.1.1");

    assertThat(
            client(LOOPBACK_LISTED, server.port())
                .send(
                    OutboundRequest.of(
                        "GET", URI.create("http://mixed.example:" + server.port() + "/"))))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.message()).contains("192.168.1.1"));
    assertThat(server.connections()).isZero();
  }

  @Test
  void theNextAddressIsTriedWhenNobodyListensAtTheFirst() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    resolver.then("127.0.0.2", "127.0.0.1");

    assertThat(
            client(LOOPBACK_LISTED, server.port())
                .send(
                    OutboundRequest.of(
                        "POST", URI.create("http://two.example:" + server.port() + "/"))))
        .isInstanceOf(Response.class);
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void aNameThatCannotBeResolvedIsAFailureAndNoRefusal() {
    assertThat(
            client(List.of(), 80)
                .send(OutboundRequest.of("GET", URI.create("http://nowhere.example/"))))
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.NameNotResolved));
  }

  @Test
  void aResolverThatNeverAnswersIsGivenUp() {
    OutboundHttpClient client =
        closeLater(
            new OutboundHttpClient(
                new OutboundSettings(
                    Set.of("http"),
                    Set.of(80),
                    List.of(),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10),
                    null,
                    null),
                name -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                  throw new UnknownHostException(name);
                },
                defaultTls()));

    assertThat(client.send(OutboundRequest.of("GET", URI.create("http://slow.example/"))))
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.TimedOut));
  }

  @Test
  void nobodyListening() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, LOOPBACK)) {
      port = closed.getLocalPort();
    }

    assertThat(
            client(LOOPBACK_LISTED, port)
                .send(OutboundRequest.of("GET", URI.create("http://127.0.0.1:" + port + "/"))))
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.ConnectFailed));
  }

  @Test
  void anAddressFromTheApiServerIsCalledUnderTheNameOfTheUri() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    OutboundRequest request =
        OutboundRequest.of("GET", URI.create("http://api.shop.svc:" + server.port() + "/healthz"))
            .toClusterAddress(new InetSocketAddress(LOOPBACK, server.port()));

    // No port is on the list, and loopback needs its entry here too.
    assertThat(client(List.of()).send(request))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(RefusalReason.AddressNotAllowed));
    assertThat(client(LOOPBACK_LISTED).send(request)).isInstanceOf(Response.class);
    assertThat(resolver.asked).isEmpty();
    assertThat(server.heads().getFirst()).contains("Host: api.shop.svc:" + server.port());
  }

  @Test
  void anAddressOfTheDeployersSettingsNeedsNoEntryAndNoPort() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    OutboundHttpClient client = closeLater(new OutboundHttpClient(OutboundSettings.defaults()));

    assertThat(client.send(to(server).toConfiguredAddress())).isInstanceOf(Response.class);
    assertThat(client.send(to(server)))
        .as("the same address from anybody else")
        .isInstanceOf(Refused.class);
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void aNameOfTheDeployersSettingsIsVettedToo() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    OutboundRequest request =
        OutboundRequest.of("GET", URI.create("http://opa.policies:" + server.port() + "/"))
            .toConfiguredAddress();
    resolver.then("127.0.0.1").then("169.254.169.254").then("10.0.0.1", "169.254.1.1");
    OutboundHttpClient client = client(List.of());

    assertThat(client.send(request)).isInstanceOf(Response.class);
    for (String bad : List.of("169.254.169.254", "169.254.1.1")) {
      assertThat(client.send(request))
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.reason()).isEqualTo(RefusalReason.AddressNotAllowed);
                assertThat(refused.message()).contains(bad);
              });
    }
    assertThat(server.heads()).hasSize(1);
  }

  @Test
  void whatElseIsWrongWithAnAddressOfTheSettingsIsRefused() {
    for (String wrong : List.of("ftp://opa/", "http://user:pw@opa/", "http:opaque")) {
      assertThat(
              client(List.of())
                  .send(OutboundRequest.of("GET", URI.create(wrong)).toConfiguredAddress()))
          .as(wrong)
          .isInstanceOf(Refused.class);
    }
    assertThat(resolver.asked).isEmpty();
  }

  /** Behind a Service the pod's port may be another one than that which callers know. */
  @Test
  void thePortOfThePodIsCalledUnderThePortOfTheUri() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    OutboundRequest request =
        OutboundRequest.of("GET", URI.create("http://api.shop.svc/healthz"))
            .toClusterAddress(new InetSocketAddress(LOOPBACK, server.port()));

    assertThat(client(LOOPBACK_LISTED).send(request)).isInstanceOf(Response.class);
    assertThat(server.heads().getFirst()).containsPattern("Host: api\\.shop\\.svc\r?\n");
  }

  @Test
  void aPodAddressNeedsNoEntryButAMetadataServiceDoes() {
    // Without a connection: tests do not leave this machine.
    AddressFinder finder =
        new AddressFinder(
            resolver,
            new AddressPolicy(List.of()),
            closeLater(Executors.newVirtualThreadPerTaskExecutor()));
    RequestRules.Destination pod =
        new RequestRules.Destination("http", "pod", new HostName.Name("pod"), 9);
    InetAddress address = InetAddress.ofLiteral("10.1.2.3");
    InetAddress metadata = InetAddress.ofLiteral("169.254.169.254");

    assertThat(
            finder.find(
                pod, Optional.of(address), AddressPolicy.Source.API_SERVER, Duration.ofSeconds(1)))
        .isEqualTo(new AddressFinder.Found.Vetted(List.of(address)));
    assertThat(
            finder.find(
                pod, Optional.of(metadata), AddressPolicy.Source.API_SERVER, Duration.ofSeconds(1)))
        .isInstanceOf(AddressFinder.Found.Nothing.class);
  }
}
