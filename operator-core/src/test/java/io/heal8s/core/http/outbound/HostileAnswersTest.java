// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.outbound.OutboundResult.Failed;
import io.heal8s.core.http.outbound.OutboundResult.FailureKind;
import io.heal8s.core.http.outbound.OutboundResult.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that answer too much, too slowly, or no HTTP: a failure each, that quotes nothing. */
class HostileAnswersTest extends OutboundCalls {

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
}
