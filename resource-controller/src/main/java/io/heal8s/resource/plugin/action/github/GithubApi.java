// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.core.http.secret.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The REST API of GitHub at the operator's address, as the operator's user or App. */
final class GithubApi {

  private static final Duration SECONDARY_LIMIT = Duration.ofMinutes(1);
  private static final int LONGEST_MESSAGE = 300;

  private final String base;
  private final OutboundHttpClient client;
  private final InstantSource clock;

  /** Until then GitHub wants to hear nothing: who asks on loses more than the one call. */
  private final AtomicReference<Instant> quietUntil = new AtomicReference<>(Instant.EPOCH);

  GithubApi(String base, OutboundHttpClient client, InstantSource clock) {
    this.base = base.replaceFirst("/+$", "");
    this.client = client;
    this.clock = clock;
  }

  Reply get(String path, Optional<Secret> token) {
    return call("GET", path, null, token);
  }

  Reply post(String path, @Nullable JsonNode body, Optional<Secret> token) {
    return call("POST", path, body, token);
  }

  private Reply call(String method, String path, @Nullable JsonNode body, Optional<Secret> token) {
    Duration quiet = Duration.between(clock.instant(), quietUntil.get());
    if (quiet.isPositive()) {
      return new Reply.Limited(
          quiet,
          "nothing is sent for %d s: GitHub asked for that".formatted(quiet.toSeconds() + 1));
    }
    OutboundRequest request =
        OutboundRequest.of(method, URI.create(base + path))
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .header("User-Agent", "heal8s");
    if (token.isPresent()) {
      request = request.header("Authorization", "Bearer " + token.get().reveal());
    }
    if (body != null) {
      request = request.body("application/json", body.toString().getBytes(StandardCharsets.UTF_8));
    }
    return switch (client.send(request)) {
      case OutboundResult.Refused refused -> new Reply.NotSent(refused.message());
      case OutboundResult.Failed failed -> failed(failed);
      case OutboundResult.Response response -> answered(response);
    };
  }

  private static Reply failed(OutboundResult.Failed failed) {
    return switch (failed.kind()) {
      case NameNotResolved, ConnectFailed, TlsFailed -> new Reply.NotSent(failed.message());
      default -> new Reply.Unsure(failed.message());
    };
  }

  private Reply answered(OutboundResult.Response response) {
    int status = response.status();
    JsonNode body = json(response.body().bytes());
    if (status >= 200 && status < 300) {
      return new Reply.Ok(status, body);
    }
    String message = "%d %s".formatted(status, shortened(body.path("message").asString("")));
    if (status == 429 || (status == 403 && isLimit(response, message))) {
      Duration pause = pause(response);
      Instant end = clock.instant().plus(pause);
      // A call that was under way beside this one may have been told a longer pause.
      quietUntil.updateAndGet(known -> known.isAfter(end) ? known : end);
      return new Reply.Limited(pause, message);
    }
    return status >= 500 ? new Reply.Unsure(message) : new Reply.Refused(status, message);
  }

  private static boolean isLimit(OutboundResult.Response response, String message) {
    return response.header("retry-after").isPresent()
        || response.header("x-ratelimit-remaining").orElse("").equals("0")
        || message.contains("rate limit");
  }

  /** As long as the server says; else a minute, which it asks for where it says nothing. */
  private Duration pause(OutboundResult.Response response) {
    Optional<Long> after = response.header("retry-after").flatMap(GithubApi::number);
    if (after.isPresent()) {
      return Duration.ofSeconds(Math.clamp(after.get(), 1L, 3600L));
    }
    if (response.header("x-ratelimit-remaining").orElse("").equals("0")) {
      Optional<Long> reset = response.header("x-ratelimit-reset").flatMap(GithubApi::number);
      if (reset.isPresent()) {
        long seconds =
            Duration.between(clock.instant(), Instant.ofEpochSecond(reset.get())).toSeconds() + 1;
        return Duration.ofSeconds(Math.clamp(seconds, 1L, 3600L));
      }
    }
    return SECONDARY_LIMIT;
  }

  private static Optional<Long> number(String text) {
    return text.matches("\\d{1,12}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static String shortened(String text) {
    return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
  }

  private static JsonNode json(byte[] body) {
    try {
      return body.length == 0
          ? JsonNodeFactory.instance.objectNode()
          : JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
