// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Sends answers with the headers that GitHub sends: entity tags and what is left of the limit. */
final class Replies {

  private static final int LIMIT = 5000;
  private static final Duration WINDOW = Duration.ofHours(1);

  private final InstantSource clock;
  private final AtomicInteger remaining = new AtomicInteger(LIMIT);

  Replies(InstantSource clock) {
    this.clock = clock;
  }

  void remaining(int requests) {
    remaining.set(requests);
  }

  /**
   * Sends an answer, or 304 to who has it already.
   *
   * @param tagged whether a 200 carries an entity tag
   * @param before is told the status before the caller can see it
   */
  void send(HttpExchange exchange, Answer answer, boolean tagged, IntConsumer before)
      throws IOException {
    byte[] body =
        answer.body() == null
            ? new byte[0]
            : answer.body().toString().getBytes(StandardCharsets.UTF_8);
    Headers headers = exchange.getResponseHeaders();
    boolean get = exchange.getRequestMethod().equals("GET");
    int status = answer.status();
    if (tagged && get && status == 200) {
      String tag = "W/\"" + digest(body) + "\"";
      headers.set("ETag", tag);
      status = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match")) ? 304 : 200;
    }
    // An answer 304 costs nothing.
    int left = status == 304 ? remaining.get() : Math.max(0, remaining.decrementAndGet());
    set(headers, "X-RateLimit-Limit", LIMIT);
    set(headers, "X-RateLimit-Remaining", left);
    set(headers, "X-RateLimit-Used", LIMIT - left);
    set(headers, "X-RateLimit-Reset", clock.instant().plus(WINDOW).getEpochSecond());
    boolean bodiless = status == 304 || body.length == 0;
    if (!bodiless) {
      headers.set("Content-Type", "application/json; charset=utf-8");
    }
    before.accept(status);
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void set(Headers headers, String name, long value) {
    // A fault may have said otherwise already.
    if (!headers.containsKey(name)) {
      headers.set(name, Long.toString(value));
    }
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
