// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.address.HostName;
import io.heal8s.core.http.outbound.OutboundResult.Failed;
import io.heal8s.core.http.outbound.OutboundResult.FailureKind;
import io.heal8s.core.http.outbound.OutboundResult.RefusalReason;
import io.heal8s.core.http.outbound.OutboundResult.Refused;
import io.heal8s.core.http.outbound.OutboundResult.Response;
import io.heal8s.core.http.webhook.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutboundHttpClientTest {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final List<Cidr> LOOPBACK_LISTED = List.of(Cidr.valueOf("127.0.0.0/8"));

  /** Answers in the order that was given, then no more; remembers what was asked. */
  private static final class FakeResolver implements NameResolver {
    private final Deque<List<InetAddress>> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();

    FakeResolver then(String... addresses) {
      answers.add(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
      return this;
    }

    @Override
    public synchronized List<InetAddress> resolve(String name) throws UnknownHostException {
      asked.add(name);
      List<InetAddress> answer = answers.poll();
      if (answer == null) {
        throw new UnknownHostException(name);
      }
      return answer;
    }
  }

  private final FakeResolver resolver = new FakeResolver();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends AutoCloseable> T closeLater(T resource) {
    open.push(resource);
    return resource;
  }

  private HostileServer server(HostileServer.Script script) throws IOException {
    return closeLater(new HostileServer(script));
  }

  private OutboundHttpClient client(List<Cidr> allowed, int... ports) {
    return client(allowed, Duration.ofSeconds(10), ports);
  }

  private OutboundHttpClient client(List<Cidr> allowed, Duration total, int... ports) {
    return closeLater(
        new OutboundHttpClient(
            new OutboundSettings(
                Set.of("http", "https"),
                Set.copyOf(IntStream.of(ports).boxed().toList()),
                allowed,
                Duration.ofSeconds(5),
                total,
                1000,
                4),
            resolver,
            defaultTls()));
  }

  private static SSLContext defaultTls() {
    try {
      return SSLContext.getDefault();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private OutboundResult get(HostileServer server) {
    return get(server, Duration.ofSeconds(10));
  }

  private OutboundResult get(HostileServer server, Duration total) {
    return client(LOOPBACK_LISTED, total, server.port())
        .send(OutboundRequest.of("GET", URI.create("http://127.0.0.1:" + server.port() + "/")));
  }

  // What comes back

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

  // Hostile answers

  record HostileCase(HostileServer.Script script, FailureKind expected, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<HostileCase> hostileAnswers() {
    return Stream.of(
        new HostileCase(
            out -> {
              out.write(HostileServer.bytes("HTTP/1.1 200 OK\n\n"));
              byte[] block = new byte[8192];
              while (true) {
                out.write(block);
              }
            },
            FailureKind.ResponseTooLarge,
            "a body without end"),
        new HostileCase(
            out -> {
              out.write(HostileServer.bytes("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"));
              byte[] chunk = HostileServer.bytes("1000\n" + "s".repeat(4096) + "\n");
              while (true) {
                out.write(chunk);
              }
            },
            FailureKind.ResponseTooLarge,
            "chunks without end"),
        new HostileCase(
            HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 1001\n\n"),
            FailureKind.ResponseTooLarge,
            "an announced length over the cap is enough"),
        new HostileCase(
            out -> {
              out.write(HostileServer.bytes("HTTP/1.1 200 OK\n"));
              for (int i = 0; i < 100_000; i++) {
                out.write(HostileServer.bytes("X-" + i + ": sentinel\n"));
              }
            },
            FailureKind.ProtocolViolated,
            "headers without end"),
        new HostileCase(
            HostileServer.text("HTTP/1.1 200 OK\nX-A: " + "sentinel".repeat(100_000) + "\n\n"),
            FailureKind.ProtocolViolated,
            "a header line without end"),
        new HostileCase(
            HostileServer.text(
                "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nsentinel\nabc\n0\n\n"),
            FailureKind.ProtocolViolated,
            "a chunk whose length is no number"),
        new HostileCase(
            HostileServer.text("SSH-2.0-sentinel\n".repeat(200)),
            FailureKind.ProtocolViolated,
            "not HTTP at all"),
        new HostileCase(
            out -> {
              out.write(HostileServer.bytes("HTTP/1.1 200 OK\nContent-Length: 100\n\nsentinel"));
              throw new IOException("hangs up");
            },
            FailureKind.ConnectionBroken,
            "the body breaks off"),
        new HostileCase(
            out -> {
              throw new IOException("hangs up");
            },
            FailureKind.ConnectionBroken,
            "no answer at all"));
  }

  @ParameterizedTest
  @MethodSource("hostileAnswers")
  void aHostileAnswerIsAFailureThatQuotesNothing(HostileCase c) throws Exception {
    OutboundResult result = get(server(c.script()));

    assertThat(result)
        .as(c.because())
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> {
              assertThat(failed.kind()).as(failed.message()).isEqualTo(c.expected());
              assertThat(failed.toString()).doesNotContain("sentinel");
            });
  }

  record SlowCase(HostileServer.Script script, String because) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<SlowCase> slowAnswers() {
    // Each drop comes well within any timeout between two reads; only a total deadline ends it.
    return Stream.of(
        new SlowCase(
            out -> {
              out.write(HostileServer.bytes("HTTP/1.1 200 OK\nContent-Length: 900\n\n"));
              drip(out, "x");
            },
            "a body in drops"),
        new SlowCase(
            out -> {
              out.write(HostileServer.bytes("HTTP/1.1 200 OK\nX-A: "));
              drip(out, "x");
            },
            "a header in drops"),
        new SlowCase(out -> drip(out, "HTTP/1.1 100 Continue\n\n"), "interim answers without end"),
        new SlowCase(out -> new CountDownLatch(1).await(), "silence"));
  }

  private static void drip(java.io.OutputStream out, String drop)
      throws IOException, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (!never.await(20, TimeUnit.MILLISECONDS)) {
      out.write(HostileServer.bytes(drop));
      out.flush();
    }
  }

  @ParameterizedTest
  @MethodSource("slowAnswers")
  void theTotalTimeoutEndsAnythingSlow(SlowCase c) throws Exception {
    HostileServer server = server(c.script());
    long before = System.nanoTime();

    OutboundResult result = get(server, Duration.ofMillis(400));

    assertThat(result)
        .as(c.because())
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.TimedOut));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void theClientGoesOnAfterHostileAnswers() throws Exception {
    HostileServer bad = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 99999\n\n"));
    HostileServer good = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 2\n\nok"));
    OutboundHttpClient client = client(LOOPBACK_LISTED, bad.port(), good.port());

    // More often than there are connections: each bad one must have been given back.
    for (int i = 0; i < 20; i++) {
      assertThat(client.send(to(bad))).isInstanceOf(Failed.class);
    }
    assertThat(client.send(to(good))).isInstanceOf(Response.class);
  }

  private static OutboundRequest to(HostileServer server) {
    return OutboundRequest.of("GET", URI.create("http://127.0.0.1:" + server.port() + "/"));
  }

  // What is refused

  record RefusedCase(String uri, RefusalReason expected, String because) {
    @Override
    public String toString() {
      return uri + ": " + because;
    }
  }

  static Stream<RefusedCase> refusedUris() {
    return Stream.of(
        new RefusedCase("http://127.0.0.1/", RefusalReason.AddressNotAllowed, "loopback"),
        new RefusedCase("http://[::1]/", RefusalReason.AddressNotAllowed, "loopback"),
        new RefusedCase(
            "http://[::ffff:127.0.0.1]/", RefusalReason.AddressNotAllowed, "IPv4-mapped"),
        new RefusedCase("http://10.0.0.1/", RefusalReason.AddressNotAllowed, "private"),
        new RefusedCase("http://100.64.0.1/", RefusalReason.AddressNotAllowed, "CGNAT"),
        new RefusedCase("http://0.0.0.0/", RefusalReason.AddressNotAllowed, "unspecified"),
        new RefusedCase(
            "http://169.254.169.254/latest/", RefusalReason.AddressNotAllowed, "metadata"),
        new RefusedCase("http://[64:ff9b::7f00:1]/", RefusalReason.AddressNotAllowed, "NAT64"),
        new RefusedCase("http://2130706433/", RefusalReason.BadUri, "decimal loopback"),
        new RefusedCase("http://0x7f000001/", RefusalReason.BadUri, "hex loopback"),
        new RefusedCase("http://0177.0.0.1/", RefusalReason.BadUri, "octal loopback"),
        new RefusedCase("http://127.1/", RefusalReason.BadUri, "short loopback"),
        new RefusedCase("http://[fe80::1%25lo]/", RefusalReason.BadUri, "a zone of ours"),
        new RefusedCase("http://user:pw@example.com/", RefusalReason.BadUri, "a password"),
        new RefusedCase("http://example.com@127.0.0.1/", RefusalReason.BadUri, "a fake host"),
        new RefusedCase("http:opaque", RefusalReason.BadUri, "opaque"),
        new RefusedCase("/relative", RefusalReason.SchemeNotAllowed, "relative"),
        new RefusedCase("ftp://example.com/", RefusalReason.SchemeNotAllowed, "ftp"),
        new RefusedCase("file:///etc/passwd", RefusalReason.SchemeNotAllowed, "a file"),
        new RefusedCase("gopher://example.com/", RefusalReason.SchemeNotAllowed, "gopher"),
        new RefusedCase("http://example.com:22/", RefusalReason.PortNotAllowed, "ssh"),
        new RefusedCase("http://example.com:6443/", RefusalReason.PortNotAllowed, "API server"));
  }

  @ParameterizedTest
  @MethodSource("refusedUris")
  void anAddressThatIsNotAllowedIsNotCalled(RefusedCase c) {
    OutboundResult result =
        client(List.of(), 80, 443).send(OutboundRequest.of("GET", URI.create(c.uri())));

    assertThat(result)
        .as(c.because())
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(c.expected());
              assertThat(refused.message()).doesNotContain("pw");
            });
    assertThat(resolver.asked).as("nothing needed a resolver").isEmpty();
  }

  @Test
  void headersAndMethodsCannotBreakTheRequestApart() {
    OutboundHttpClient client = client(List.of(), 80);
    OutboundRequest get = OutboundRequest.of("GET", URI.create("http://example.com/"));

    for (OutboundRequest request :
        List.of(
            get.header("X-A", "a\r\nX-B: b"),
            get.header("X-A\r\nX-B", "a"),
            get.header("X A", "a"),
            get.header("", "a"),
            get.header("Host", "inside"),
            get.header("content-length", "0"),
            get.header("Transfer-Encoding", "chunked"),
            get.header("X-A", "x".repeat(10_000)))) {
      assertThat(client.send(request))
          .isInstanceOfSatisfying(
              Refused.class, r -> assertThat(r.reason()).isEqualTo(RefusalReason.HeaderNotAllowed));
    }
    for (String method : List.of("CONNECT", "TRACE", "get", "GET / HTTP/1.1\r\n", "")) {
      assertThat(client.send(OutboundRequest.of(method, URI.create("http://example.com/"))))
          .isInstanceOfSatisfying(
              Refused.class, r -> assertThat(r.reason()).isEqualTo(RefusalReason.MethodNotAllowed));
    }
  }

  // Names

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

  // Addresses from the API server

  @Test
  void anAddressFromTheApiServerIsCalledUnderTheNameOfTheUri() throws Exception {
    HostileServer server = server(HostileServer.text("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
    OutboundRequest request =
        OutboundRequest.of("GET", URI.create("http://api.shop.svc:" + server.port() + "/healthz"))
            .toClusterAddress(LOOPBACK);

    // No port is on the list, and loopback needs its entry here too.
    assertThat(client(List.of()).send(request))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.reason()).isEqualTo(RefusalReason.AddressNotAllowed));
    assertThat(client(LOOPBACK_LISTED).send(request)).isInstanceOf(Response.class);
    assertThat(resolver.asked).isEmpty();
    assertThat(server.heads().getFirst()).contains("Host: api.shop.svc:" + server.port());
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

    assertThat(finder.find(pod, Optional.of(address), Duration.ofSeconds(1)))
        .isEqualTo(new AddressFinder.Found.Vetted(List.of(address)));
    assertThat(finder.find(pod, Optional.of(metadata), Duration.ofSeconds(1)))
        .isInstanceOf(AddressFinder.Found.Nothing.class);
  }

  // Proxies, threads, closing

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

  // TLS

  private static SSLContext tls(TestCertificates.Identity identity, boolean server)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    char[] password = new char[0];
    SSLContext context = SSLContext.getInstance("TLS");
    if (server) {
      store.setKeyEntry(
          "k",
          identity.keys().getPrivate(),
          password,
          new X509Certificate[] {identity.certificate()});
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, password);
      context.init(keys.getKeyManagers(), null, null);
    } else {
      store.setCertificateEntry("c", identity.certificate());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(store);
      context.init(null, trust.getTrustManagers(), null);
    }
    return context;
  }

  /** The name that a client asked for in its handshake, and what became of its request. */
  private OutboundResult overTls(
      String name, TestCertificates.Identity identity, AtomicReference<@Nullable String> asked)
      throws Exception {
    SSLContext serverTls = tls(identity, true);
    SSLServerSocket socket =
        (SSLServerSocket) serverTls.getServerSocketFactory().createServerSocket(0, 10, LOOPBACK);
    closeLater(socket);
    ExecutorService threads = closeLater(Executors.newVirtualThreadPerTaskExecutor());
    var _ =
        threads.submit(
            () -> {
              try (SSLSocket client = (SSLSocket) socket.accept()) {
                client.startHandshake();
                for (SNIServerName sni :
                    ((ExtendedSSLSession) client.getSession()).getRequestedServerNames()) {
                  asked.set(new String(sni.getEncoded(), StandardCharsets.US_ASCII));
                }
                client
                    .getOutputStream()
                    .write(HostileServer.bytes("HTTP/1.1 200 OK\nContent-Length: 0\n\n"));
                client.getOutputStream().flush();
                return client.getInputStream().read();
              }
            });
    resolver.then("127.0.0.1");
    OutboundHttpClient client =
        closeLater(
            new OutboundHttpClient(
                new OutboundSettings(
                    null,
                    Set.of(socket.getLocalPort()),
                    LOOPBACK_LISTED,
                    null,
                    Duration.ofSeconds(10),
                    null,
                    null),
                resolver,
                tls(identity, false)));
    OutboundResult result =
        client.send(
            OutboundRequest.of(
                "GET", URI.create("https://" + name + ":" + socket.getLocalPort() + "/")));
    client.close();
    return result;
  }

  @Test
  void overTlsTheNameIsAskedForAndCheckedThoughTheAddressIsPinned() throws Exception {
    TestCertificates.Identity identity =
        TestCertificates.identity("CN=x", TestCertificates.dns("shop.example"));
    AtomicReference<@Nullable String> asked = new AtomicReference<>();

    assertThat(overTls("shop.example", identity, asked)).isInstanceOf(Response.class);
    assertThat(asked).hasValue("shop.example");
  }

  @Test
  void aCertificateOfAnotherNameIsNotAccepted() throws Exception {
    TestCertificates.Identity identity =
        TestCertificates.identity("CN=x", TestCertificates.dns("shop.example"));

    assertThat(overTls("other.example", identity, new AtomicReference<>()))
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.kind()).isEqualTo(FailureKind.TlsFailed));
  }
}
