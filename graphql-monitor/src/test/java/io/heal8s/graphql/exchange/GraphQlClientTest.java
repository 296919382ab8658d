// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.runtime.SystemScheduler;
import io.heal8s.graphql.exchange.PlayedServer.Answering;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real connections to a server that behaves as well or as badly as a test needs. */
class GraphQlClientTest {

  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_DEPTH = 16;
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String HEALTHY = "{\"data\":{\"health\":\"ok\"}}";

  private final SystemScheduler scheduler = new SystemScheduler();
  private final PlayedServer server = new PlayedServer();
  private final GraphQlClient client = new GraphQlClient(scheduler, MAX_BYTES, MAX_DEPTH);
  private final GraphQlClient.Channel channel = new GraphQlClient.Channel();

  @AfterEach
  void stop() {
    channel.close();
    server.close();
    scheduler.close();
  }

  private Answer ask(HttpCall call, Duration timeout) {
    return client.ask(
        channel,
        server.destination(),
        call,
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        timeout);
  }

  private Answer ask() {
    return ask(HttpCall.of("{\"query\":\"{health}\"}"), LONG);
  }

  @Test
  void onePollIsOneRequestOnAConnectionThatIsKept() {
    server.playing(PlayedServer.json(HEALTHY));
    assertThat(ask()).isInstanceOf(Answer.State.class);
    for (int i = 0; i < 9; i++) {
      assertThat(ask()).isEqualTo(Answer.SAME);
    }
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.received()).hasSize(10);
    assertThat(server.received().getFirst())
        .startsWith("POST /graphql HTTP/1.1\r\n")
        .contains("Host: 127.0.0.1:")
        .contains("Content-Type: application/json")
        .endsWith("{\"query\":\"{health}\"}");
  }

  @Test
  void aConnectionThatTheOtherSideClosedMeanwhileCostsNoFailure() {
    server.playing(PlayedServer.json(HEALTHY));
    ask();
    server.hangUp();
    assertThat(ask()).isEqualTo(Answer.SAME);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void aPromisedTimeoutIsBelieved() {
    server.playing(
        out -> {
          byte[] body = HEALTHY.getBytes(StandardCharsets.UTF_8);
          out.write(
              ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nKeep-Alive: timeout=0\r\n"
                      + "Content-Length: "
                      + body.length
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
          out.write(body);
        });
    ask();
    ask();
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void headersAreSentAndNeverShown() {
    server.playing(PlayedServer.json(HEALTHY));
    HttpCall call =
        new HttpCall(
            "{}".getBytes(StandardCharsets.UTF_8), Map.of("Authorization", "Bearer s3cret"), true);
    ask(call, LONG);
    assertThat(server.received().getFirst()).contains("Authorization: Bearer s3cret");
    assertThat(call.toString()).contains("Authorization").doesNotContain("s3cret");
  }

  @Test
  void errorsBesideDataAreTold() {
    server.playing(
        PlayedServer.json(
            "{\"data\":{\"a\":1,\"b\":null},\"errors\":[{\"message\":\"b is\\n"
                + "away\",\"path\":[\"b\",0]}]}"));
    assertThat(ask())
        .isInstanceOfSatisfying(
            Answer.State.class,
            state -> {
              assertThat(state.data().toString()).isEqualTo("{\"a\":1,\"b\":null}");
              assertThat(state.errors().getFirst().message()).isEqualTo("b is?away");
              assertThat(state.errors().getFirst().path()).containsExactly("b", "0");
            });
    assertThat(ask()).as("a state with gaps is looked at each time").isNotEqualTo(Answer.SAME);
  }

  static Stream<Arguments> badAnswers() {
    String deep = "{\"data\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(40) + "}";
    String large = "{\"data\":{\"a\":\"" + "x".repeat(10 << 20) + "\"}}";
    return Stream.of(
        bad(
            "an HTML error page",
            PlayedServer.http(502, "text/html", "<h1>502</h1>"),
            "ServerFailed",
            "status 502"),
        bad(
            "an HTML page with 200",
            PlayedServer.http(200, "text/html", "<h1>Welcome</h1>"),
            "NotJson",
            "text/html"),
        bad(
            "JSON under another type",
            PlayedServer.http(200, "text/plain", HEALTHY),
            "NotJson",
            "text/plain"),
        bad("invalid JSON", PlayedServer.json("{\"data\":{\"a\":1}"), "NotJson", "no JSON"),
        bad("JSON with something behind", PlayedServer.json(HEALTHY + "x"), "NotJson", "no JSON"),
        bad("JSON with single quotes", PlayedServer.json("{'data':{}}"), "NotJson", "no JSON"),
        bad("an empty body", PlayedServer.json(""), "NotJson", "no JSON"),
        bad(
            "JSON that is no answer",
            PlayedServer.json("{\"health\":\"ok\"}"),
            "NotGraphQl",
            "neither data nor errors"),
        bad("a list", PlayedServer.json("[1]"), "NotGraphQl", "neither data nor errors"),
        bad("data that is no object", PlayedServer.json("{\"data\":5}"), "NotGraphQl", "no data"),
        bad(
            "errors only",
            PlayedServer.json("{\"errors\":[{\"message\":\"database away\"}]}"),
            "QueryFailed",
            "database away"),
        bad(
            "a wrong query",
            PlayedServer.json(
                "{\"errors\":[{\"message\":\"no field"
                    + " x\",\"extensions\":{\"code\":\"GRAPHQL_VALIDATION_FAILED\"}}]}"),
            "QueryInvalid",
            "refuses stateQuery: no field x"),
        bad(
            "a wrong query by status",
            PlayedServer.http(400, "application/json", "{\"errors\":[{\"message\":\"syntax\"}]}"),
            "QueryInvalid",
            "syntax"),
        bad(
            "no rights",
            PlayedServer.http(401, "application/json", "{\"error\":\"token\"}"),
            "Refused",
            "status 401"),
        bad("too deep", PlayedServer.json(deep), "ResponseTooDeep", "16 levels"),
        bad("too large, announced", PlayedServer.json(large), "ResponseTooLarge", "65536 bytes"),
        bad(
            "a redirect",
            raw("HTTP/1.1 302 X\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"),
            "Redirected",
            "not followed"),
        bad("no HTTP", raw("SSH-2.0-OpenSSH_9.2\r\n\r\n\r\n\r\n"), "ProtocolViolated", "no HTTP"),
        bad(
            "an endless header",
            out -> forever(out, "X-A: " + "b".repeat(1000) + "\r\n", "HTTP/1.1 200 X\r\n"),
            "ProtocolViolated",
            "no HTTP"),
        bad(
            "broken in the middle",
            out -> {
              raw("HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\n{\"da").answer(out);
              throw new IOException("over");
            },
            "ConnectionBroken",
            "broke"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badAnswers")
  void whateverComesIsOneFailureThatSaysWhat(
      String name, Answering answering, String kind, String message) {
    server.playing(answering);
    assertThat(ask())
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              assertThat(failed.kind().name()).isEqualTo(kind);
              assertThat(failed.message()).contains("http://127.0.0.1").contains(message);
            });
    server.playing(PlayedServer.json(HEALTHY));
    assertThat(ask()).as("the next poll is as good as new").isInstanceOf(Answer.State.class);
  }

  @Test
  void anEndlessBodyEndsAtTheLimit() {
    server.playing(
        out ->
            forever(
                out,
                "400\r\n" + "x".repeat(1024) + "\r\n",
                "HTTP/1.1 200 X\r\n"
                    + "Content-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"));
    assertThat(ask())
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.ResponseTooLarge));
  }

  @Test
  void aSlowDripEndsAtTheTimeout() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    server.playing(
        out -> {
          raw("HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n")
              .answer(out);
          try {
            do {
              out.write(' ');
              out.flush();
            } while (!over.await(50, TimeUnit.MILLISECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    long begun = System.nanoTime();
    Answer answer = ask(HttpCall.of("{}"), SHORT);
    over.countDown();
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.TimedOut));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void silenceEndsAtTheTimeoutToo() throws InterruptedException {
    CountDownLatch over = new CountDownLatch(1);
    server.playing(
        out -> {
          try {
            over.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertThat(ask(HttpCall.of("{}"), SHORT))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.TimedOut));
    assertThat(server.received()).as("a request that was sent is not sent again").hasSize(1);
    over.countDown();
  }

  @Test
  void nobodyListening() {
    server.close();
    assertThat(ask())
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.ConnectFailed));
  }

  private static Arguments bad(String name, Answering answering, String kind, String message) {
    return Arguments.of(name, answering, kind, message);
  }

  private static Answering raw(String text) {
    return out -> {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    };
  }

  private static void forever(OutputStream out, String part, String first) throws IOException {
    out.write(first.getBytes(StandardCharsets.US_ASCII));
    byte[] bytes = part.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 100_000; i++) {
      out.write(bytes);
    }
  }
}
