// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.endpoint.Destination;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and reads its answer within one time, on a kept connection if there is one.
 *
 * <p>A kept connection that the other side closed meanwhile is noticed before the request is sent,
 * or by its end without a single byte; then, and only then, the request goes out a second time on a
 * new connection (RFC 9112, section 9.3.1: a query may be repeated).
 */
final class HttpExchange {

  private static final String ACCEPT = "application/graphql-response+json, application/json;q=0.9";
  private static final int BUFFER = 4096;
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(2);
  private static final int MOST_INTERIM = 8;

  private final Scheduler scheduler;
  private final int maxBytes;

  /**
   * @param maxBytes largest body that is read
   */
  HttpExchange(Scheduler scheduler, int maxBytes) {
    this.scheduler = scheduler;
    this.maxBytes = maxBytes;
  }

  /** What came of it, and the connection if it lives on. */
  record Result(RawAnswer answer, @Nullable HttpConnection kept) {}

  /**
   * Sends a request.
   *
   * @param kept connection of the request before, closed here if it does not fit
   * @param tls for encrypted destinations
   * @param timeout for everything, the last byte of the answer included
   */
  Result send(
      Destination destination,
      HttpCall call,
      @Nullable HttpConnection kept,
      SSLSocketFactory tls,
      Duration timeout) {
    long deadline = scheduler.nanos() + timeout.toNanos();
    HttpConnection connection = reusable(kept, destination);
    while (true) {
      boolean fresh = connection == null;
      HttpConnection current = connection == null ? new HttpConnection(destination) : connection;
      Result result = attempt(current, fresh, call, tls, deadline);
      if (!fresh && result.answer() == LOST) {
        connection = null;
        continue;
      }
      return result;
    }
  }

  // Stands for: ended before the first byte of an answer, on a connection that was used before.
  private static final RawAnswer LOST = new RawAnswer.Failed(FailureKind.ConnectionBroken, "lost");

  private @Nullable HttpConnection reusable(
      @Nullable HttpConnection kept, Destination destination) {
    if (kept == null) {
      return null;
    }
    if (kept.destination().sameConnection(destination) && kept.usableAt(scheduler.nanos())) {
      return kept;
    }
    kept.close();
    return null;
  }

  private Result attempt(
      HttpConnection connection,
      boolean fresh,
      HttpCall call,
      SSLSocketFactory tls,
      long deadline) {
    long left = deadline - scheduler.nanos();
    if (left <= 0) {
      connection.close();
      return failed(connection, FailureKind.TimedOut, "no answer in time");
    }
    Scheduler.Wakeup alarm = scheduler.after(Duration.ofNanos(left), connection::cutOff);
    boolean answered = false;
    try {
      int millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
      if (fresh) {
        connection.open(connection.destination().tls() ? tls : null, millis);
      } else {
        connection.readWithin(millis);
      }
      BasicClassicHttpRequest request = request(connection.destination(), call, ACCEPT);
      HttpCoreContext context = HttpCoreContext.create();
      ClassicHttpResponse response = roundTrip(connection.http(), request);
      answered = true;
      RawAnswer answer = read(connection, response, maxBytes);
      boolean keep =
          call.keepAlive()
              && answer instanceof RawAnswer.Received
              && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
      if (!keep) {
        connection.close();
        return new Result(answer, null);
      }
      connection.keptUntil(scheduler.nanos() + idle(response).toNanos());
      return new Result(answer, connection);
    } catch (IOException | HttpException broken) {
      connection.close();
      boolean lost = !fresh && !answered && !connection.wasCutOff();
      return lost && !(broken instanceof SocketTimeoutException)
          ? new Result(LOST, null)
          : explain(connection, broken);
    } finally {
      alarm.cancel();
    }
  }

  // HttpCore's own executor closes a connection that fails in order, which waits for whatever the
  // other side still sends.
  static ClassicHttpResponse roundTrip(
      DefaultBHttpClientConnection http, BasicClassicHttpRequest request)
      throws IOException, HttpException {
    http.sendRequestHeader(request);
    http.sendRequestEntity(request);
    http.flush();
    for (int i = 0; i < MOST_INTERIM; i++) {
      ClassicHttpResponse response = http.receiveResponseHeader();
      if (response.getCode() >= 200) {
        http.receiveResponseEntity(response);
        return response;
      }
    }
    throw new ProtocolException("interim answers only");
  }

  static BasicClassicHttpRequest request(Destination destination, HttpCall call, String accept) {
    BasicClassicHttpRequest request = new BasicClassicHttpRequest("POST", destination.path());
    request.setHeader("Host", destination.authority());
    request.setHeader("Content-Type", "application/json");
    request.setHeader("Accept", accept);
    request.setHeader("User-Agent", "heal8s-graphql-monitor");
    call.headers().forEach(request::setHeader);
    request.setHeader("Content-Length", Integer.toString(call.body().length));
    request.setHeader("Connection", call.keepAlive() ? "keep-alive" : "close");
    request.setEntity(new ByteArrayEntity(call.body(), null));
    return request;
  }

  static RawAnswer read(HttpConnection connection, ClassicHttpResponse response, int maxBytes)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return received(response, new byte[0]);
    }
    if (entity.getContentLength() > maxBytes) {
      return tooLarge(connection, maxBytes);
    }
    int expected = (int) Math.max(entity.getContentLength(), 256);
    ByteArrayOutputStream body = new ByteArrayOutputStream(expected);
    InputStream in = entity.getContent();
    byte[] buffer = new byte[Math.min(BUFFER, expected + 1)];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      body.write(buffer, 0, n);
      if (body.size() > maxBytes) {
        return tooLarge(connection, maxBytes);
      }
    }
    return received(response, body.toByteArray());
  }

  static RawAnswer.Received received(ClassicHttpResponse response, byte[] body) {
    Header type = response.getFirstHeader("Content-Type");
    String media = type == null || type.getValue() == null ? "" : type.getValue();
    int parameters = media.indexOf(';');
    String bare = parameters < 0 ? media : media.substring(0, parameters);
    return new RawAnswer.Received(
        response.getCode(),
        bare.strip().toLowerCase(Locale.ROOT),
        seconds(response.getFirstHeader("Retry-After")),
        body);
  }

  private static RawAnswer tooLarge(HttpConnection connection, int maxBytes) {
    return new RawAnswer.Failed(
        FailureKind.ResponseTooLarge,
        connection.destination()
            + ": the answer is larger than the "
            + maxBytes
            + " bytes that are read; ask for fewer fields");
  }

  /** {@code Keep-Alive: timeout=5} is a promise that ends; half a second before, it is not used. */
  private static Duration idle(ClassicHttpResponse response) {
    Header header = response.getFirstHeader("Keep-Alive");
    if (header != null && header.getValue() != null) {
      for (String part : header.getValue().split(",", -1)) {
        String text = part.strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("timeout=") && text.substring(8).matches("[0-9]{1,6}")) {
          Duration promised =
              Duration.ofSeconds(Long.parseLong(text.substring(8))).minusMillis(500);
          return promised.compareTo(LONGEST_IDLE) < 0 ? promised : LONGEST_IDLE;
        }
      }
    }
    return LONGEST_IDLE;
  }

  private static @Nullable Duration seconds(@Nullable Header header) {
    String value = header == null ? null : header.getValue();
    return value != null && value.strip().matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(value.strip()))
        : null;
  }

  private static Result explain(HttpConnection connection, Exception e) {
    Answer.Failed why = Breaks.explain(connection, e);
    return new Result(new RawAnswer.Failed(why.kind(), why.message()), null);
  }

  private static Result failed(HttpConnection connection, FailureKind kind, String what) {
    return new Result(new RawAnswer.Failed(kind, connection.destination() + ": " + what), null);
  }
}
