// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import io.heal8s.core.http.address.Cidr;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;

/** A client with a resolver of the test's own, and servers that answer what they like. */
abstract class OutboundCalls {
  static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  static final List<Cidr> LOOPBACK_LISTED = List.of(Cidr.valueOf("127.0.0.0/8"));

  /** Answers in the order that was given, then no more; remembers what was asked. */
  static final class FakeResolver implements NameResolver {
    private final Deque<List<InetAddress>> answers = new ArrayDeque<>();
    final List<String> asked = new ArrayList<>();

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

  final FakeResolver resolver = new FakeResolver();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  final <T extends AutoCloseable> T closeLater(T resource) {
    open.push(resource);
    return resource;
  }

  final HostileServer server(HostileServer.Script script) throws IOException {
    return closeLater(new HostileServer(script));
  }

  final OutboundHttpClient client(List<Cidr> allowed, int... ports) {
    return client(allowed, Duration.ofSeconds(10), ports);
  }

  final OutboundHttpClient client(List<Cidr> allowed, Duration total, int... ports) {
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

  static SSLContext defaultTls() {
    try {
      return SSLContext.getDefault();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  final OutboundResult get(HostileServer server) {
    return get(server, Duration.ofSeconds(10));
  }

  final OutboundResult get(HostileServer server, Duration total) {
    return client(LOOPBACK_LISTED, total, server.port())
        .send(OutboundRequest.of("GET", URI.create("http://127.0.0.1:" + server.port() + "/")));
  }

  static OutboundRequest to(HostileServer server) {
    return OutboundRequest.of("GET", URI.create("http://127.0.0.1:" + server.port() + "/"));
  }
}
