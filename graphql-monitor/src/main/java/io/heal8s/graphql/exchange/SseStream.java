// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as server-sent events of one request: events {@code next} with an answer each, and
 * {@code complete} at the end (the graphql-sse library's distinct connections). Comments and events
 * of other names are signs of life.
 */
final class SseStream implements StateStream {

  private static final int SILENCES = 3;

  private final HttpConnection connection;
  private final SseReader events;
  private final AnswerReader answers;
  private final BoundedJson json;

  private SseStream(HttpConnection connection, InputStream in, int maxBytes, int maxDepth) {
    this.connection = connection;
    this.events = new SseReader(in, maxBytes);
    this.answers = new AnswerReader(maxDepth);
    this.json = new BoundedJson(maxDepth);
  }

  static Opening open(
      HttpConnection connection, HttpCall call, int maxBytes, int maxDepth, Duration silence)
      throws IOException, HttpException {
    ClassicHttpResponse response =
        HttpExchange.roundTrip(
            connection.http(),
            HttpExchange.request(connection.destination(), call, "text/event-stream"));
    RawAnswer.Received head = HttpExchange.received(response, new byte[0]);
    if (head.status() != 200 || !head.contentType().equals("text/event-stream")) {
      return new Opening.Refused(refused(connection, response, maxBytes, maxDepth));
    }
    if (response.getEntity() == null) {
      return new Opening.Refused(
          Breaks.failed(connection, FailureKind.ProtocolViolated, "the answer has no body"));
    }
    // A comment is enough, but it must come: there is nobody to ask.
    long millis = Math.min(Integer.MAX_VALUE, silence.multipliedBy(SILENCES).toMillis());
    connection.socket().setSoTimeout((int) millis);
    return new Opening.Open(
        new SseStream(connection, response.getEntity().getContent(), maxBytes, maxDepth));
  }

  // What a server that speaks no events says may explain why.
  private static Answer.Failed refused(
      HttpConnection connection, ClassicHttpResponse response, int maxBytes, int maxDepth)
      throws IOException {
    Answer answer =
        switch (HttpExchange.read(connection, response, maxBytes)) {
          case RawAnswer.Failed(FailureKind kind, String message) ->
              new Answer.Failed(kind, message, null);
          case RawAnswer.Received received ->
              new AnswerReader(maxDepth).read(connection.destination(), received);
        };
    return answer instanceof Answer.Failed failed
        ? failed
        : Breaks.failed(
            connection,
            FailureKind.ProtocolViolated,
            "answers once and not with server-sent events: write stateQuery as a query and leave"
                + " subscription out, or ask an endpoint that has them");
  }

  @Override
  public Event next() {
    try {
      while (true) {
        SseReader.Event event = events.next();
        Event understood = event == null ? ended() : understand(event);
        if (understood != null) {
          return understood;
        }
      }
    } catch (SseReader.TooLongException large) {
      return new Event.Ended(
          Breaks.failed(
              connection,
              FailureKind.ResponseTooLarge,
              "a state is larger than what is read; ask for fewer fields"));
    } catch (SocketTimeoutException silent) {
      return new Event.Ended(
          Breaks.failed(
              connection,
              FailureKind.SubscriptionSilent,
              "said nothing for too long, not even a comment"));
    } catch (IOException broken) {
      return new Event.Ended(Breaks.explain(connection, broken));
    }
  }

  private Event ended() {
    return new Event.Ended(
        Breaks.failed(
            connection, FailureKind.SubscriptionEnded, "the server ended the subscription"));
  }

  private @Nullable Event understand(SseReader.Event event) {
    return switch (event.name()) {
      case "complete" -> ended();
      case "", "message", "next" -> event.data().length == 0 ? null : new Event.Told(told(event));
      default -> null;
    };
  }

  private Answer told(SseReader.Event event) {
    JsonElement tree;
    try {
      tree = json.read(event.data());
    } catch (BoundedJson.TooDeepException deep) {
      return Breaks.failed(connection, FailureKind.ResponseTooDeep, "a state is nested too deeply");
    } catch (BoundedJson.TooManyException many) {
      return Breaks.failed(connection, FailureKind.ResponseTooLarge, AnswerReader.TOO_MANY);
    } catch (IOException malformed) {
      return Breaks.failed(connection, FailureKind.NotJson, "an event holds no JSON");
    }
    return tree instanceof JsonObject answer
        ? answers.ofTree(connection.destination(), answer, event.data().length)
        : Breaks.failed(connection, FailureKind.NotGraphQl, "an event holds no GraphQL answer");
  }

  @Override
  public void close() {
    connection.cutOff();
  }
}
