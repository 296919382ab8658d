// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.IdempotencyStore;
import io.heal8s.resource.access.IdempotencyStore.Begun;
import io.heal8s.resource.access.IdempotencyStore.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Answers a repeated request as the first one. The key is written down before the work and its
 * answer after it: a request whose answer got lost in a crash is done again, and the work is told
 * since when, so that it can tell its own earlier result from somebody else's. A refusal did
 * nothing that must not be done twice, and what it was about may have passed: it is not kept.
 */
public final class Idempotency {

  static final String HEADER = "Idempotency-Key";
  private static final int LONGEST = 255;

  private final IdempotencyStore store;
  private final JsonMapper mapper;

  public Idempotency(IdempotencyStore store, JsonMapper mapper) {
    this.store = store;
    this.mapper = mapper;
  }

  /**
   * Does the work once for each key.
   *
   * @param work is given the time of an earlier try whose answer is not known, or null
   */
  ResponseEntity<JsonNode> once(
      HttpServletRequest request,
      Caller caller,
      JsonNode body,
      Function<@Nullable Instant, ResponseEntity<JsonNode>> work) {
    return once(request, caller, body, work, _ -> false);
  }

  /**
   * Does the work once for each key.
   *
   * @param work is given the time of an earlier try whose answer is not known, or null
   * @param refusal tells which answers say that nothing was done, besides {@link
   *     ApiException#isRefusal}
   */
  ResponseEntity<JsonNode> once(
      HttpServletRequest request,
      Caller caller,
      JsonNode body,
      Function<@Nullable Instant, ResponseEntity<JsonNode>> work,
      Predicate<JsonNode> refusal) {
    String key = request.getHeader(HEADER);
    if (key == null) {
      return work.apply(null);
    }
    if (key.isEmpty() || key.length() > LONGEST) {
      throw ApiException.of(400, HEADER + " must have 1 to 255 characters");
    }
    String owner = caller.userId() == null ? "" : caller.userId().toString();
    String fingerprint = fingerprint(request.getMethod() + " " + address(request) + "\n" + body);
    return switch (store.begin(owner, key, fingerprint)) {
      case Begun.First _ -> record(owner, key, work, refusal, null);
      case Begun.Unfinished unfinished -> record(owner, key, work, refusal, unfinished.since());
      case Begun.Finished finished -> replay(finished.outcome());
      case Begun.Running _ ->
          throw ApiException.of(409, "A request with this " + HEADER + " is still running")
              .header("Retry-After", "1");
      case Begun.Different _ ->
          throw ApiException.of(422, "This " + HEADER + " was used for another request");
    };
  }

  private static String address(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  private ResponseEntity<JsonNode> record(
      String owner,
      String key,
      Function<@Nullable Instant, ResponseEntity<JsonNode>> work,
      Predicate<JsonNode> refusal,
      @Nullable Instant since) {
    ResponseEntity<JsonNode> answer;
    try {
      answer = work.apply(since);
    } catch (ApiException e) {
      if (e.isRefusal()) {
        refused(owner, key, since);
      } else {
        store.finish(owner, key, new Outcome(e.status(), e.body().toString(), null, null));
      }
      throw e;
    } catch (RuntimeException e) {
      store.letGo(owner, key);
      throw e;
    }
    JsonNode document = answer.getBody();
    if (document != null && refusal.test(document)) {
      refused(owner, key, since);
      return answer;
    }
    store.finish(
        owner,
        key,
        new Outcome(
            answer.getStatusCode().value(),
            String.valueOf(document),
            answer.getHeaders().getFirst("Location"),
            answer.getHeaders().getFirst("ETag")));
    return answer;
  }

  /** What an earlier try did is not known, and stays to be looked for. */
  private void refused(String owner, String key, @Nullable Instant since) {
    if (since == null) {
      store.forget(owner, key);
    } else {
      store.letGo(owner, key);
    }
  }

  private ResponseEntity<JsonNode> replay(Outcome outcome) {
    HttpHeaders headers = new HttpHeaders();
    headers.set("Idempotent-Replayed", "true");
    if (outcome.location() != null) {
      headers.set("Location", Objects.requireNonNull(outcome.location()));
    }
    if (outcome.entityTag() != null) {
      headers.set("ETag", Objects.requireNonNull(outcome.entityTag()));
    }
    return ResponseEntity.status(outcome.status())
        .headers(headers)
        .body(
            outcome.body().isEmpty()
                ? JsonNodeFactory.instance.nullNode()
                : mapper.readTree(outcome.body()));
  }

  private static String fingerprint(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
