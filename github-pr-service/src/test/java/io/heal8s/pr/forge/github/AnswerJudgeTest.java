// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.outbound.OutboundResult.Response;
import io.heal8s.core.http.outbound.ResponseBody;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerJudgeTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

  private final AnswerJudge judge = new AnswerJudge(InstantSource.fixed(NOW));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "403, 60, 0,  3000, rate limit,           60",
        "429, 60, 10, 3000, -,                    60",
        "403, -,  0,  3000, -,                    3000",
        "403, -,  0,  9000, -,                    3600",
        "403, -,  7,  3000, a rate limit is met,  60",
        "429, -,  -,  -,    -,                    60",
        "403, -,  7,  3000, not for you,          -",
        "200, 60, 0,  3000, rate limit,           -",
      })
  void aRefusalIsALimitWhereItSaysSo(
      int status,
      @Nullable String after,
      @Nullable String left,
      @Nullable Long reset,
      @Nullable String message,
      @Nullable Long seconds) {
    assertThat(judge.limit(response(status, after, left, reset, message)).map(Duration::toSeconds))
        .isEqualTo(Optional.ofNullable(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"60, 0, 3000, 60", "60, 9, 3000, 60", "-, 0, 3000, 3000", "-, 9, 3000, 60"})
  void aLimitThatAGraphqlAnswerTellsOfLastsAsLongAsItsHeadersSay(
      @Nullable String after, @Nullable String left, @Nullable Long reset, long seconds) {
    assertThat(judge.waitAfter(response(200, after, left, reset, null)).toSeconds())
        .isEqualTo(seconds);
  }

  private static Response response(
      int status,
      @Nullable String after,
      @Nullable String left,
      @Nullable Long reset,
      @Nullable String message) {
    Map<String, List<String>> headers = new HashMap<>();
    if (after != null) {
      headers.put("retry-after", List.of(after));
    }
    if (left != null) {
      headers.put("x-ratelimit-remaining", List.of(left));
    }
    if (reset != null) {
      headers.put(
          "x-ratelimit-reset", List.of(Long.toString(NOW.plusSeconds(reset).getEpochSecond())));
    }
    String body = message == null ? "" : "{\"message\": \"%s\"}".formatted(message);
    return new Response(status, headers, new ResponseBody(body.getBytes(StandardCharsets.UTF_8)));
  }
}
