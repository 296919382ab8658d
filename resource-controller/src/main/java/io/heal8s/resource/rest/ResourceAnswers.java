// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.intake.IntakeResult;
import io.heal8s.resource.model.Resource;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

/** What a client hears of a wish. */
final class ResourceAnswers {

  private ResourceAnswers() {}

  static ResponseEntity<JsonNode> ok(Resource resource) {
    JsonNode document = Documents.of(resource);
    return ResponseEntity.ok()
        .header("ETag", EntityTag.of(resource.revision(), document))
        .body(document);
  }

  /**
   * The answer to a create.
   *
   * @param shown how the client wants to see it
   * @param own the resource of that name, if there is one
   * @param earlier when the same request came before without an answer; the resource that it stored
   *     is then no conflict
   */
  static ResponseEntity<JsonNode> created(
      IntakeResult result,
      UnaryOperator<Resource> shown,
      Supplier<Optional<Resource>> own,
      @Nullable Instant earlier) {
    return switch (result) {
      case IntakeResult.Stored stored -> created(shown.apply(stored.resource()));
      case IntakeResult.Refused refused -> {
        if (earlier != null && refused.reason() == IntakeResult.Reason.NAME_TAKEN) {
          Optional<Resource> ours = own.get().filter(found -> !found.createdAt().isBefore(earlier));
          if (ours.isPresent()) {
            yield created(shown.apply(ours.get()));
          }
        }
        throw refusal(refused);
      }
    };
  }

  private static ResponseEntity<JsonNode> created(Resource resource) {
    JsonNode document = Documents.of(resource);
    return ResponseEntity.created(URI.create("/api/v1/resources/" + resource.id()))
        .header("ETag", EntityTag.of(resource.revision(), document))
        .body(document);
  }

  static ResponseEntity<JsonNode> updated(IntakeResult result) {
    return updated(result, resource -> resource);
  }

  static ResponseEntity<JsonNode> updated(IntakeResult result, UnaryOperator<Resource> shown) {
    return switch (result) {
      case IntakeResult.Stored stored -> ok(shown.apply(stored.resource()));
      case IntakeResult.Refused refused -> throw refusal(refused);
    };
  }

  static ApiException refusal(IntakeResult.Refused refused) {
    return ApiException.of(status(refused.reason()), refused.message()).asRefusal();
  }

  static int status(IntakeResult.Reason reason) {
    return switch (reason) {
      case INVALID, NO_TYPE -> 400;
      case DENIED -> 403;
      case NOT_FOUND -> 404;
      case NAME_TAKEN, BEING_DELETED -> 409;
      case STALE -> 412;
    };
  }
}
