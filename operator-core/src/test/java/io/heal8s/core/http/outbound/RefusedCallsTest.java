// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.outbound.OutboundResult.RefusalReason;
import io.heal8s.core.http.outbound.OutboundResult.Refused;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused before anybody is called. */
class RefusedCallsTest extends OutboundCalls {

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
}
