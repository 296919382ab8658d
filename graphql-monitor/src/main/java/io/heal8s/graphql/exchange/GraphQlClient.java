// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.endpoint.Destination;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Asks GraphQL endpoints over HTTP/1.1. Safe for any number of threads; what belongs to one app,
 * its connection and its last answer, is in its {@link Channel}.
 */
public final class GraphQlClient {

  private final HttpExchange exchange;
  private final AnswerReader reader;

  /**
   * @param maxBytes largest answer that is read
   * @param maxDepth deepest answer that is read
   */
  public GraphQlClient(Scheduler scheduler, int maxBytes, int maxDepth) {
    this.exchange = new HttpExchange(scheduler, maxBytes);
    this.reader = new AnswerReader(maxDepth);
  }

  /** What is kept between two requests to one endpoint; used by one thread at a time. */
  public static final class Channel {
    private @Nullable HttpConnection connection;
    private byte @Nullable [] lastDigest;

    /** Ends the connection; the next request makes a new one. */
    public void close() {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    }

    /** The next answer is parsed even if it is the same as the last one. */
    public void forgetAnswer() {
      lastDigest = null;
    }

    /** Whether a connection is kept. */
    public boolean isConnected() {
      return connection != null;
    }
  }

  /**
   * Sends a request; blocks at most for the timeout.
   *
   * @param tls for encrypted destinations
   * @return never {@link Answer.Same} at the first request of a channel
   */
  public Answer ask(
      Channel channel,
      Destination destination,
      HttpCall call,
      SSLSocketFactory tls,
      Duration timeout) {
    HttpExchange.Result result = exchange.send(destination, call, channel.connection, tls, timeout);
    channel.connection = result.kept();
    return switch (result.answer()) {
      case RawAnswer.Failed(FailureKind kind, String message) ->
          new Answer.Failed(kind, message, null);
      case RawAnswer.Received received -> understand(channel, destination, received);
    };
  }

  private Answer understand(Channel channel, Destination destination, RawAnswer.Received received) {
    byte[] digest = received.status() == 200 ? Digest.of(received.body()) : null;
    if (digest != null && Arrays.equals(digest, channel.lastDigest)) {
      return Answer.SAME;
    }
    Answer answer = reader.read(destination, received);
    // Only a whole state is worth recognising: one with errors is looked at each time.
    channel.lastDigest =
        answer instanceof Answer.State state && state.errors().isEmpty() ? digest : null;
    return answer;
  }
}
