// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.decide.Outcome;
import io.heal8s.core.decide.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApiFailuresTest {

  enum Why implements Reason {
    Test
  }

  record Case(
      String because,
      int code,
      boolean jsonPatch,
      @Nullable String retryAfter,
      String body,
      ApiFailure failure) {
    @Override
    public String toString() {
      return because;
    }
  }

  static Stream<Case> answers() {
    return Stream.of(
        new Case(
            "a missing object is named",
            404,
            false,
            null,
            status("NotFound", "pods \"a\" not found", "'kind':'pods','name':'a'"),
            new ApiFailure.NotFound("pods", "a", "pods \"a\" not found")),
        new Case(
            "a kind that is not served has no name, and not even JSON",
            404,
            false,
            null,
            "404 page not found\n",
            new ApiFailure.NotFound("", "", "HTTP 404: 404 page not found")),
        new Case(
            "a taken name is not a conflict",
            409,
            false,
            null,
            status("AlreadyExists", "exists", ""),
            new ApiFailure.AlreadyExists("exists")),
        new Case(
            "a write in between is a conflict",
            409,
            false,
            null,
            status("Conflict", "modified", ""),
            new ApiFailure.Conflict("modified")),
        new Case(
            "an old resource version has expired",
            410,
            false,
            null,
            status("Expired", "too old", ""),
            new ApiFailure.Expired("too old")),
        new Case(
            "a wrong field is wrong for ever",
            422,
            true,
            null,
            status("Invalid", "spec.x: Required", "'kind':'Pod','name':'a'"),
            new ApiFailure.Invalid(422, "spec.x: Required")),
        new Case(
            "a failed test of a JSON patch is a conflict",
            422,
            true,
            null,
            status("Invalid", "the server rejected our request due to an error in our request", ""),
            new ApiFailure.Conflict(
                "a test or step of the patch does not fit the object any more")),
        new Case(
            "no right",
            403,
            false,
            null,
            status("Forbidden", "cannot list", ""),
            new ApiFailure.Forbidden(403, "cannot list")),
        new Case(
            "a token that is not (any more) good",
            401,
            false,
            null,
            status("Unauthorized", "Unauthorized", ""),
            new ApiFailure.Forbidden(401, "Unauthorized")),
        new Case(
            "a namespace that is going away looks like a missing right, but never passes",
            403,
            false,
            null,
            status(
                "Forbidden",
                "unable to create",
                "'causes':[{'reason':'NamespaceTerminating','message':'x'}]"),
            new ApiFailure.NamespaceTerminating("unable to create")),
        new Case(
            "a quota looks like a missing right, but may pass",
            403,
            false,
            null,
            status("Forbidden", "pods \"a\" is forbidden: exceeded quota: q", ""),
            new ApiFailure.QuotaExceeded("pods \"a\" is forbidden: exceeded quota: q")),
        new Case(
            "the server says how long it wants to be left alone",
            429,
            false,
            "7",
            status("TooManyRequests", "busy", ""),
            new ApiFailure.Throttled(Duration.ofSeconds(7), "busy")),
        new Case(
            "at least a second",
            429,
            false,
            null,
            status("TooManyRequests", "busy", ""),
            new ApiFailure.Throttled(Duration.ofSeconds(1), "busy")),
        new Case(
            "an absurd pause is cut",
            429,
            false,
            "999999999",
            "",
            new ApiFailure.Throttled(Duration.ofMinutes(5), "HTTP 429")),
        new Case(
            "a server that has trouble may recover",
            503,
            false,
            null,
            "upstream gone",
            new ApiFailure.Transient(503, "HTTP 503: upstream gone", null)),
        new Case(
            "a patch type that the server does not know stays unknown",
            415,
            false,
            null,
            status("UnsupportedMediaType", "no", ""),
            new ApiFailure.Invalid(415, "no")));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void isReadAs(Case c) {
    assertThat(ApiFailures.of(c.code(), c.jsonPatch(), c.retryAfter(), c.body()))
        .isEqualTo(c.failure());
  }

  @Test
  void noAnswerNamesTheServer() {
    IOException refused = new IOException("Connection refused");

    assertThat(ApiFailures.of("https://10.0.0.1", refused))
        .isEqualTo(
            new ApiFailure.Transient(
                0, "https://10.0.0.1 does not answer: Connection refused", refused));
  }

  @Test
  void hugeBodyIsCut() {
    assertThat(ApiFailures.of(500, false, null, "x".repeat(100_000)).message())
        .hasSizeLessThan(2100);
  }

  @Test
  void whatARunMakesOfAFailure() {
    assertThat(new ApiFailure.Conflict("x").outcome(Why.Test))
        .as("because a fresh read decides anew")
        .isEqualTo(Outcome.waiting(Duration.ofMillis(100), Why.Test));
    assertThat(new ApiFailure.Throttled(Duration.ofSeconds(9), "x").outcome(Why.Test))
        .isEqualTo(Outcome.waiting(Duration.ofSeconds(9), Why.Test));
    assertThat(new ApiFailure.Invalid(422, "spec.a is wrong").outcome(Why.Test))
        .as("because only a person can change it")
        .isEqualTo(Outcome.stalled(Why.Test, "spec.a is wrong"));
    assertThat(new ApiFailure.Transient(503, "x", null).outcome(Why.Test))
        .isInstanceOf(Outcome.Retry.class);
    assertThat(new ApiFailure.Forbidden(403, "x").outcome(Why.Test))
        .as("because rights may be given any time")
        .isInstanceOf(Outcome.Retry.class);
  }

  private static String status(String reason, String message, String details) {
    return ("{'kind':'Status','apiVersion':'v1','status':'Failure','message':'"
            + message.replace("\"", "\\\"")
            + "','reason':'"
            + reason
            + "','details':{"
            + details
            + "}}")
        .replace('\'', '"');
  }
}
