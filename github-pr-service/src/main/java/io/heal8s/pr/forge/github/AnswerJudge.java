// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heal8s.core.http.outbound.OutboundResult.Response;
import io.heal8s.pr.forge.github.GithubFailure.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What a status other than 2xx means. Limits are told as in GitHub's documentation: Retry-After,
 * else the reset when nothing remains, else one minute.
 */
record AnswerJudge(InstantSource clock) {

  private static final Duration SECONDARY_WITHOUT_A_WORD = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int LONGEST = 300;

  /** How long is to be waited, if the answer says that nothing remains or that it was too much. */
  Optional<Duration> limit(Response response) {
    boolean refused = response.status() == 403 || response.status() == 429;
    boolean limited =
        response.status() == 429
            || response.header("Retry-After").flatMap(AnswerJudge::seconds).isPresent()
            || nothingRemains(response)
            || said(response).toLowerCase(Locale.ROOT).contains("rate limit");
    return refused && limited ? Optional.of(waitAfter(response)) : Optional.empty();
  }

  /** How long is to be waited after an answer that is known to tell of a limit. */
  Duration waitAfter(Response response) {
    return response
        .header("Retry-After")
        .flatMap(AnswerJudge::seconds)
        .map(AnswerJudge::bounded)
        .orElseGet(
            () -> nothingRemains(response) ? untilReset(response) : SECONDARY_WITHOUT_A_WORD);
  }

  boolean nothingRemains(Response response) {
    return response.header("X-RateLimit-Remaining").map(left -> left.equals("0")).orElse(false);
  }

  Duration untilReset(Response response) {
    return response
        .header("X-RateLimit-Reset")
        .flatMap(AnswerJudge::seconds)
        .map(at -> Duration.between(clock.instant(), Instant.ofEpochSecond(at.toSeconds())))
        .map(AnswerJudge::bounded)
        .orElse(SECONDARY_WITHOUT_A_WORD);
  }

  /** What an answer other than 2xx and limits means. */
  GithubFailure failure(Response response) {
    int status = response.status();
    String said = status + (said(response).isEmpty() ? "" : " " + said(response));
    Kind kind =
        switch (status) {
          case 401 -> Kind.UNAUTHORIZED;
          case 403 -> Kind.FORBIDDEN;
          case 404, 410 -> Kind.NOT_FOUND;
          case 301, 302, 303, 307, 308 -> Kind.MOVED;
          default -> status >= 500 || status == 408 ? Kind.UNAVAILABLE : Kind.INVALID;
        };
    return new GithubFailure(kind, said, null);
  }

  /** GitHub's own words, the reasons of a 422 included; not more than fits into a sentence. */
  private static String said(Response response) {
    try {
      JsonElement json = JsonParser.parseString(response.body().text());
      if (!json.isJsonObject()) {
        return "";
      }
      StringBuilder words = new StringBuilder(text(json.getAsJsonObject(), "message"));
      if (json.getAsJsonObject().get("errors") instanceof JsonArray errors) {
        StreamSupport.stream(errors.spliterator(), false)
            .filter(JsonElement::isJsonObject)
            .map(error -> text(error.getAsJsonObject(), "message"))
            .filter(message -> !message.isEmpty())
            .forEach(message -> words.append("; ").append(message));
      }
      String line = words.toString().replaceAll("\\s+", " ").strip();
      return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    } catch (JsonParseException _) {
      return "";
    }
  }

  private static String text(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }

  private static Optional<Duration> seconds(String text) {
    return text.matches("[0-9]{1,12}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  private static Duration bounded(Duration wait) {
    Duration atLeast = wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
    return atLeast.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : atLeast;
  }
}
