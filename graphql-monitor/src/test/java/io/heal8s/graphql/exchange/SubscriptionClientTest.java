// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.core.api.kco.targetapp.Subscription.Protocol;
import io.heal8s.core.runtime.SystemScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real subscriptions to servers that behave as well or as badly as a test needs. */
class SubscriptionClientTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String SSE_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n";

  private final SystemScheduler scheduler = new SystemScheduler();
  private final SubscriptionClient client = new SubscriptionClient(scheduler, 64 * 1024, 16);
  private final PlayedServer sse = new PlayedServer();

  @AfterEach
  void stop() {
    sse.close();
    scheduler.close();
  }

  private static HttpCall call() {
    return new HttpCall(
        "{\"query\":\"subscription {health}\"}".getBytes(StandardCharsets.UTF_8),
        Map.of("Authorization", "Bearer t"),
        true);
  }

  private StateStream.Opening open(PlayedSubscriptions server, Duration silence) {
    return open(server, call(), silence);
  }

  private StateStream.Opening open(PlayedSubscriptions server, HttpCall call, Duration silence) {
    return client.open(
        server.destination(),
        call,
        Protocol.GRAPHQL_WS,
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        LONG,
        silence);
  }

  private StateStream.Opening openSse(Duration silence) {
    return client.open(
        sse.destination(),
        call(),
        Protocol.SSE,
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        LONG,
        silence);
  }

  private static StateStream stream(StateStream.Opening opening) {
    assertThat(opening).isInstanceOf(StateStream.Opening.Open.class);
    return ((StateStream.Opening.Open) opening).stream();
  }

  private static FailureKind refused(StateStream.Opening opening) {
    assertThat(opening).isInstanceOf(StateStream.Opening.Refused.class);
    return ((StateStream.Opening.Refused) opening).why().kind();
  }

  private static String told(StateStream stream) {
    StateStream.Event event = stream.next();
    assertThat(event).isInstanceOf(StateStream.Event.Told.class);
    Answer answer = ((StateStream.Event.Told) event).answer();
    return answer instanceof Answer.State state
        ? state.data().toString()
        : ((Answer.Failed) answer).kind().name();
  }

  private static FailureKind ended(StateStream stream) {
    StateStream.Event event = stream.next();
    assertThat(event).isInstanceOf(StateStream.Event.Ended.class);
    return ((StateStream.Event.Ended) event).why().kind();
  }

  private void playSse(String text) {
    sse.playing(out -> out.write((SSE_HEAD + text).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void theFirstMessageCarriesWhatTheServerAsksFor() throws Exception {
    try (PlayedSubscriptions server = new PlayedSubscriptions("graphql-transport-ws")) {
      server.beginningWith("{\"health\":\"ok\"}");
      HttpCall call =
          new HttpCall(call().body(), Map.of(), true, "{\"Authorization\":\"Bearer \\\"t\"}");
      try (StateStream stream = stream(open(server, call, LONG))) {
        assertThat(told(stream)).isEqualTo("{\"health\":\"ok\"}");
      }
      assertThat(server.received())
          .first()
          .isEqualTo(
              "{\"type\":\"connection_init\",\"payload\":{\"Authorization\":\"Bearer \\\"t\"}}");
      assertThat(call.toString()).as("it may be secret").doesNotContain("Bearer");
    }
  }

  @Test
  void aWebSocketTellsOneStateAfterTheOther() throws Exception {
    try (PlayedSubscriptions server = new PlayedSubscriptions("graphql-transport-ws")) {
      server.beginningWith("{\"health\":\"ok\"}");
      try (StateStream stream = stream(open(server, LONG))) {
        assertThat(told(stream)).isEqualTo("{\"health\":\"ok\"}");
        server.tell("{\"health\":\"bad\"}");
        server.send("{\"type\":\"ping\"}");
        server.tell("{\"health\":\"ok\"}");
        assertThat(told(stream)).isEqualTo("{\"health\":\"bad\"}");
        assertThat(told(stream)).isEqualTo("{\"health\":\"ok\"}");
        server.send("{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"errors\":[{}],\"data\":null}}");
        assertThat(told(stream)).as("it goes on").isEqualTo("QueryFailed");
        server.send("{\"id\":\"1\",\"type\":\"complete\"}");
        assertThat(ended(stream)).isEqualTo(FailureKind.SubscriptionEnded);
        await()
            .untilAsserted(
                () ->
                    assertThat(server.received())
                        .contains(
                            "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":"
                                + "{\"query\":\"subscription {health}\"}}",
                            "{\"type\":\"pong\"}"));
        assertThat(server.authorizations()).containsExactly("Bearer t");
      }
    }
  }

  @Test
  void aWebSocketThatIsWrongIsNotBelieved() throws Exception {
    try (PlayedSubscriptions server = new PlayedSubscriptions("graphql-transport-ws")) {
      try (StateStream stream = stream(open(server, LONG))) {
        awaitSubscriber(server);
        server.send("x".repeat(65 * 1024));
        assertThat(ended(stream)).isEqualTo(FailureKind.ResponseTooLarge);
      }
      await().until(() -> server.subscribers() == 0);
      try (StateStream stream = stream(open(server, LONG))) {
        awaitSubscriber(server);
        server.tell("{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}");
        assertThat(told(stream)).isEqualTo("ResponseTooDeep");
        server.send(
            "{\"id\":\"1\",\"type\":\"error\",\"payload\":[{\"message\":\"no field\","
                + "\"extensions\":{\"code\":\"GRAPHQL_VALIDATION_FAILED\"}}]}");
        assertThat(ended(stream)).isEqualTo(FailureKind.QueryInvalid);
      }
      await().until(() -> server.subscribers() == 0);
      try (StateStream stream = stream(open(server, LONG))) {
        awaitSubscriber(server);
        server.send("<html>");
        assertThat(ended(stream)).isEqualTo(FailureKind.NotJson);
      }
    }
    try (PlayedSubscriptions other = new PlayedSubscriptions("chat")) {
      assertThat(refused(open(other, LONG)))
          .as("it answers the handshake with 404")
          .isEqualTo(FailureKind.Refused);
    }
  }

  private static void awaitSubscriber(PlayedSubscriptions server) {
    await().until(() -> server.subscribers() > 0);
  }

  @Test
  void aSilentWebSocketIsAskedAndGivenUp() throws Exception {
    try (PlayedSubscriptions server = new PlayedSubscriptions("graphql-transport-ws")) {
      server.withoutPongs();
      try (StateStream stream = stream(open(server, SHORT))) {
        assertThat(ended(stream)).isEqualTo(FailureKind.SubscriptionSilent);
        await().untilAsserted(() -> assertThat(server.received()).contains("{\"type\":\"ping\"}"));
      }
    }
  }

  @Test
  void closingEndsWhoeverWaits() throws Exception {
    try (PlayedSubscriptions server = new PlayedSubscriptions("graphql-transport-ws")) {
      StateStream stream = stream(open(server, LONG));
      Thread waiting = Thread.ofVirtual().start(stream::next);
      stream.close();
      assertThat(waiting.join(LONG)).isTrue();
    }
  }

  @Test
  void eventsTellOneStateAfterTheOther() {
    playSse(
        ": hello\n\nevent: next\ndata: {\"data\":\ndata: {\"health\":\"ok\"}}\n\n"
            + "event: other\ndata: x\n\n"
            + "event:next\r\ndata:{\"data\":{\"health\":\"bad\"}}\r\n\r\n"
            + "event: next\ndata: <html>\n\nevent: complete\ndata:\n\n");
    try (StateStream stream = stream(openSse(LONG))) {
      assertThat(told(stream)).isEqualTo("{\"health\":\"ok\"}");
      assertThat(told(stream)).isEqualTo("{\"health\":\"bad\"}");
      assertThat(told(stream)).isEqualTo("NotJson");
      assertThat(ended(stream)).isEqualTo(FailureKind.SubscriptionEnded);
    }
    assertThat(sse.received().getFirst())
        .startsWith("POST /graphql HTTP/1.1\r\n")
        .contains("Accept: text/event-stream")
        .contains("Authorization: Bearer t");
  }

  @Test
  void eventsThatAreWrongAreNotBelieved() {
    playSse("event: next\ndata: " + "x".repeat(65 * 1024));
    try (StateStream stream = stream(openSse(LONG))) {
      assertThat(ended(stream)).isEqualTo(FailureKind.ResponseTooLarge);
    }
    playSse("event: next\ndata: {\"data\":{\"a\":" + "[".repeat(20) + "]".repeat(20) + "}}\n\n");
    try (StateStream stream = stream(openSse(SHORT))) {
      assertThat(told(stream)).isEqualTo("ResponseTooDeep");
      assertThat(ended(stream)).isEqualTo(FailureKind.SubscriptionSilent);
    }
    sse.playing(PlayedServer.json("{\"data\":{\"health\":\"ok\"}}"));
    assertThat(refused(openSse(LONG))).isEqualTo(FailureKind.ProtocolViolated);
    sse.playing(PlayedServer.http(401, "text/plain", "who are you"));
    assertThat(refused(openSse(LONG))).isEqualTo(FailureKind.Refused);
  }
}
