// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.github;

import io.heal8s.core.http.outbound.EntityTags;
import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.plugin.action.github.Pace.Kind;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The REST API of GitHub at the operator's address, as the operator's user or App. */
final class GithubApi {

  private static final Duration SECONDARY_LIMIT = Duration.ofMinutes(1);
  private static final int LONGEST_MESSAGE = 300;
  private static final int OK = 200;
  private static final int NOT_MODIFIED = 304;

  /** Runs are small, and few are under way at a time. */
  private static final int MOST_BYTES_OF_ANSWERS = 8 << 20;

  private final String base;
  private final OutboundHttpClient client;
  private final InstantSource clock;
  private final Pace pace;
  private final EntityTags tags = new EntityTags(MOST_BYTES_OF_ANSWERS);

  GithubApi(String base, OutboundHttpClient client, InstantSource clock, Pace pace) {
    this.base = base.replaceFirst("/+$", "");
    this.client = client;
    this.clock = clock;
    this.pace = pace;
  }

  /** Reads what one alone asks for. */
  Reply get(String path, Access access) {
    return get(path, path, access);
  }

  /**
   * Reads what others may ask for too.
   *
   * @param who wants it: the same when it comes back after a wait
   */
  Reply get(String who, String path, Access access) {
    return call(Kind.READ, who, path, null, access);
  }

  /**
   * Reads again and again what one alone asks for; put off where few calls are left of the hour.
   */
  Reply look(String path, Access access) {
    return look(path, path, access);
  }

  /** The same of what others may ask for too. */
  Reply look(String who, String path, Access access) {
    return call(Kind.LOOK, who, path, null, access);
  }

  /**
   * Makes something.
   *
   * @param who wants it: the same when it comes back after a wait
   */
  Reply post(String who, String path, JsonNode body, Access access) {
    return call(Kind.WRITE, who, path, body, access);
  }

  /** Asks for the end of something. */
  Reply cancel(String path, Access access) {
    return call(Kind.CANCEL, path, path, null, access);
  }

  /** Fetches a token. */
  Reply signIn(String path, Access access) {
    return call(Kind.SIGN_IN, path, path, null, access);
  }

  /** What a {@link #post} would have to wait for now; empty for nothing. */
  Optional<Reply.Limited> obstacleToPost(String who) {
    return pace.obstacle(Kind.WRITE, who).map(GithubApi::limited);
  }

  private static Reply.Limited limited(Pace.Wait wait) {
    return new Reply.Limited(wait.pause(), wait.message());
  }

  private Reply call(Kind kind, String who, String path, @Nullable JsonNode body, Access access) {
    if (access instanceof Access.NotNow(Reply obstacle)) {
      return obstacle;
    }
    Optional<Pace.Wait> wait = pace.begin(kind, who);
    if (wait.isPresent()) {
      return limited(wait.get());
    }
    try {
      return sent(kind, request(kind.method(), path, body, access));
    } finally {
      pace.ended(kind);
    }
  }

  private OutboundRequest request(
      String method, String path, @Nullable JsonNode body, Access access) {
    OutboundRequest request =
        OutboundRequest.of(method, URI.create(base + path))
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .header("User-Agent", "heal8s");
    if (access instanceof Access.With(Secret token)) {
      request = request.header("Authorization", "Bearer " + token.reveal());
    }
    return body == null
        ? request
        : request.body("application/json", body.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Where nothing changed since, GitHub says only that, and does not count it. */
  private Reply sent(Kind kind, OutboundRequest request) {
    boolean reads = request.method().equals("GET");
    String address = request.uri().toString();
    Optional<EntityTags.Tagged> known = reads ? tags.of(address) : Optional.empty();
    OutboundRequest asked =
        known.isPresent() ? request.header("If-None-Match", known.get().tag()) : request;
    return switch (client.send(asked)) {
      case OutboundResult.Refused refused -> new Reply.NotSent(refused.message());
      case OutboundResult.Failed failed -> failed(failed);
      case OutboundResult.Response response -> {
        if (kind != Kind.SIGN_IN) {
          heed(response);
        }
        if (response.status() == NOT_MODIFIED && known.isPresent()) {
          yield answered(known.get().response());
        }
        if (reads && response.status() == OK) {
          tags.keep(address, response);
        }
        yield answered(response);
      }
    };
  }

  /** What is left of the hour; with nothing left the next call would be refused. */
  private void heed(OutboundResult.Response response) {
    Optional<Long> remaining = response.header("x-ratelimit-remaining").flatMap(GithubApi::number);
    Optional<Long> limit = response.header("x-ratelimit-limit").flatMap(GithubApi::number);
    Optional<Long> reset = response.header("x-ratelimit-reset").flatMap(GithubApi::number);
    if (remaining.isEmpty() || reset.isEmpty()) {
      return;
    }
    limit.ifPresent(most -> pace.left(remaining.get(), most, Instant.ofEpochSecond(reset.get())));
    if (remaining.get() == 0) {
      pace.quiet(untilReset(reset.get()));
    }
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
      pace.quiet(pause);
      return new Reply.Limited(pause, Pace.ASKED);
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
        return untilReset(reset.get());
      }
    }
    return SECONDARY_LIMIT;
  }

  private Duration untilReset(long reset) {
    long seconds = Duration.between(clock.instant(), Instant.ofEpochSecond(reset)).toSeconds() + 1;
    return Duration.ofSeconds(Math.clamp(seconds, 1L, 3600L));
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
