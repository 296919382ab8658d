// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heal8s.core.decide.ForeignText;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A subscription over the subprotocol {@code graphql-transport-ws}, as the graphql-ws library
 * describes it. A silent server is asked with a ping; what it does not answer for as long again is
 * gone.
 */
final class WebSocketStream implements StateStream {

  private static final String SUBPROTOCOL = "graphql-transport-ws";
  private static final String ID = "1";
  private static final int LONGEST_HANDSHAKE = 16 * 1024;
  private static final Pattern STATUS = Pattern.compile("status code received: ([0-9]{3})");

  private final HttpConnection connection;
  private final Socket socket;
  private final InputStream in;
  private final WebSocketEngine engine;
  private final AnswerReader answers;
  private final BoundedJson json;
  private final byte[] buffer = new byte[4096];
  private final Duration silence;
  private boolean asked;

  private WebSocketStream(HttpConnection connection, int maxBytes, int maxDepth, Duration silence)
      throws IOException {
    this.connection = connection;
    this.socket = connection.socket();
    this.in = socket.getInputStream();
    this.engine = new WebSocketEngine(socket.getOutputStream(), SUBPROTOCOL, maxBytes);
    this.answers = new AnswerReader(maxDepth);
    // The message around the state is one level.
    this.json = new BoundedJson(maxDepth + 1);
    this.silence = silence;
  }

  static Opening open(
      HttpConnection connection, HttpCall call, int maxBytes, int maxDepth, Duration silence)
      throws IOException {
    WebSocketStream stream = new WebSocketStream(connection, maxBytes, maxDepth, silence);
    Answer.Failed refused = stream.begin(call);
    return refused == null ? new Opening.Open(stream) : new Opening.Refused(refused);
  }

  // Runs within the caller's alarm, so that reads need no time limit of their own.
  private Answer.@Nullable Failed begin(HttpCall call) throws IOException {
    engine.handshake(
        connection.destination().authority(), connection.destination().path(), call.headers());
    int read = 0;
    while (!engine.isOpen()) {
      if (engine.end() != null) {
        return refusedHandshake(engine.end());
      }
      read += receive();
      if (read > LONGEST_HANDSHAKE) {
        return Breaks.failed(
            connection, FailureKind.ProtocolViolated, "the answer to the handshake is too long");
      }
    }
    engine.send(connectionInit(call.connectionInit()));
    while (true) {
      String text = engine.nextText();
      if (text != null) {
        switch (type(parsed(text))) {
          case "connection_ack" -> {
            engine.send(subscribe(call));
            socket.setSoTimeout((int) Math.min(Integer.MAX_VALUE, silence.toMillis()));
            return null;
          }
          case "ping" -> engine.send("{\"type\":\"pong\"}");
          default -> {}
        }
      } else if (engine.end() != null) {
        return closed(engine.end());
      } else {
        receive();
      }
    }
  }

  private static String connectionInit(@Nullable String payload) {
    return payload == null
        ? "{\"type\":\"connection_init\"}"
        : "{\"type\":\"connection_init\",\"payload\":%s}".formatted(payload);
  }

  private static String subscribe(HttpCall call) {
    return "{\"id\":\"%s\",\"type\":\"subscribe\",\"payload\":%s}"
        .formatted(ID, new String(call.body(), StandardCharsets.UTF_8));
  }

  @Override
  public Event next() {
    try {
      while (true) {
        String text = engine.nextText();
        Event event = text == null ? null : understand(text);
        if (event != null) {
          return event;
        }
        if (text == null && engine.end() != null) {
          return new Event.Ended(closed(engine.end()));
        }
        if (text == null) {
          receiveOrAsk();
        }
      }
    } catch (SocketTimeoutException silent) {
      return new Event.Ended(
          Breaks.failed(
              connection, FailureKind.SubscriptionSilent, "said nothing, not even to a ping"));
    } catch (IOException broken) {
      return new Event.Ended(Breaks.explain(connection, broken));
    }
  }

  private void receiveOrAsk() throws IOException {
    try {
      receive();
      asked = false;
    } catch (SocketTimeoutException silent) {
      if (asked) {
        throw silent;
      }
      asked = true;
      engine.send("{\"type\":\"ping\"}");
    }
  }

  private int receive() throws IOException {
    int count = in.read(buffer);
    if (count < 0) {
      throw new IOException("ended");
    }
    engine.received(Arrays.copyOf(buffer, count));
    return count;
  }

  // Null when the message tells nothing of the state.
  private @Nullable Event understand(String text) throws IOException {
    int bytes = text.length();
    JsonObject message;
    try {
      message = parsed(text);
    } catch (BoundedJson.TooDeepException deep) {
      return new Event.Told(
          Breaks.failed(connection, FailureKind.ResponseTooDeep, "a state is nested too deeply"));
    } catch (BoundedJson.TooManyException many) {
      return new Event.Told(
          Breaks.failed(connection, FailureKind.ResponseTooLarge, AnswerReader.TOO_MANY));
    } catch (IOException malformed) {
      return new Event.Ended(
          Breaks.failed(connection, FailureKind.NotJson, "a message is no JSON"));
    }
    return switch (type(message)) {
      case "next" ->
          message.get("payload") instanceof JsonObject payload
              ? new Event.Told(answers.ofTree(connection.destination(), payload, bytes))
              : null;
      case "error" -> new Event.Ended(answers.ofErrors(connection.destination(), message));
      case "complete" ->
          new Event.Ended(
              Breaks.failed(
                  connection, FailureKind.SubscriptionEnded, "the server ended the subscription"));
      case "ping" -> {
        engine.send("{\"type\":\"pong\"}");
        yield null;
      }
      default -> null;
    };
  }

  private JsonObject parsed(String text) throws IOException {
    JsonElement tree = json.read(text.getBytes(StandardCharsets.UTF_8));
    return tree instanceof JsonObject object ? object : new JsonObject();
  }

  private static String type(JsonObject message) {
    return message.get("type") instanceof JsonPrimitive type ? type.getAsString() : "";
  }

  private Answer.Failed refusedHandshake(WebSocketEngine.End end) {
    Matcher status = STATUS.matcher(end.reason());
    if (!status.find()) {
      return Breaks.failed(
          connection,
          FailureKind.ProtocolViolated,
          "does not speak " + SUBPROTOCOL + " over WebSocket");
    }
    int code = Integer.parseInt(status.group(1));
    boolean passing = code >= 500 || code == 429 || code == 408;
    return Breaks.failed(
        connection,
        passing ? FailureKind.ServerFailed : FailureKind.Refused,
        "answers the WebSocket handshake with HTTP status " + code);
  }

  // Codes from 4400 on are those of graphql-transport-ws, the others of RFC 6455.
  private Answer.Failed closed(WebSocketEngine.End end) {
    FailureKind kind =
        switch (end.code()) {
          case 1009 -> end.byPeer() ? FailureKind.ConnectionBroken : FailureKind.ResponseTooLarge;
          case 1002, 1003, 1007, 4400, 4406, 4409 -> FailureKind.ProtocolViolated;
          case 4401, 4403 -> FailureKind.Refused;
          case 4408 -> FailureKind.TimedOut;
          case 4429 -> FailureKind.ServerFailed;
          default -> FailureKind.ConnectionBroken;
        };
    String words = end.byPeer() && !end.reason().isEmpty() ? ": " + end.reason() : "";
    String what =
        kind == FailureKind.ResponseTooLarge
            ? "a state is larger than what is read; ask for fewer fields"
            : "the WebSocket was closed with " + end.code() + ForeignText.line(words);
    return Breaks.failed(connection, kind, what);
  }

  @Override
  public void close() {
    connection.cutOff();
  }
}
