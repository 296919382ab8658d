// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What goes wrong with one request. */
public sealed interface Fault {

  /**
   * Another answer instead; nothing is done.
   *
   * @param status HTTP status
   * @param message as GitHub writes it into the body
   * @param headers beside the usual ones
   */
  record Answered(int status, String message, Map<String, String> headers) implements Fault {}

  /** It is done, but the connection breaks before a single byte of the answer. */
  record LostReply() implements Fault {}

  /**
   * It is done, but the answer takes a while: whoever dies meanwhile never learns of it.
   *
   * @param pause between what is done and its answer
   */
  record LateReply(Duration pause) implements Fault {}

  /** The connection breaks before anything is done. */
  record LostRequest() implements Fault {}

  /**
   * The answer is a wait of any length: for a slow server without a sleep.
   *
   * @param released opened by the test
   */
  record Held(CountDownLatch released) implements Fault {}

  /**
   * GraphQL's way to refuse: status 200 with an error of that type and no data.
   *
   * @param type for example RATE_LIMITED
   */
  record GraphqlError(String type, String message) implements Fault {}

  /** The credentials count for nothing any more. */
  static Fault unauthorized() {
    return new Answered(401, "Bad credentials", Map.of());
  }

  /** The secondary limit: too much at once. */
  static Fault secondaryLimit(Duration retryAfter) {
    return new Answered(
        403,
        "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.",
        Map.of("Retry-After", Long.toString(retryAfter.toSeconds())));
  }

  /** The primary limit: nothing left until the reset. */
  static Fault primaryLimit(Instant reset) {
    return new Answered(
        403,
        "API rate limit exceeded for installation ID 1.",
        Map.of(
            "X-RateLimit-Remaining",
            "0",
            "X-RateLimit-Reset",
            Long.toString(reset.getEpochSecond())));
  }

  /** The credentials are good but not for this. */
  static Fault forbidden() {
    return new Answered(403, "Resource not accessible by integration", Map.of());
  }

  /** GitHub itself is in trouble. */
  static Fault unavailable(int status) {
    return new Answered(status, "Server Error", Map.of());
  }
}
