// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.intake.IntakeResult;
import io.heal8s.resource.intake.ResourceIntake;
import io.heal8s.resource.intake.Wish;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Many resources in one request: each is created, changed or left alone, and each has its answer.
 */
@RestController
public final class BulkController {

  private static final int MOST = 1_000;

  /** Creates that come together are stored together; connections are left for everybody else. */
  private static final int AT_ONCE = 8;

  private final ResourceIntake intake;
  private final JsonBody bodies;
  private final Idempotency idempotency;

  public BulkController(ResourceIntake intake, JsonBody bodies, Idempotency idempotency) {
    this.intake = intake;
    this.bodies = bodies;
    this.idempotency = idempotency;
  }

  @PostMapping("/api/v1/resources/apply")
  ResponseEntity<JsonNode> apply(
      HttpServletRequest request,
      @RequestParam(name = "apply_defaults", required = false) @Nullable String applyDefaults) {
    Caller caller = Callers.of(request);
    JsonNode body = bodies.read(request);
    boolean defaults = Parameters.flag("apply_defaults", applyDefaults);
    JsonNode wanted = body.isArray() ? body : Body.of(body).raw("resources");
    if (!wanted.isArray() || wanted.size() > MOST) {
      Problems problems = new Problems();
      problems.add(
          "list_type",
          List.of("body", "resources"),
          "Input should be a valid list of at most " + MOST + " resources",
          null);
      problems.throwIfAny();
    }
    return idempotency.once(
        request,
        caller,
        body,
        ignored -> ResponseEntity.ok(applied(wanted, caller, defaults)),
        BulkController::isRefusal);
  }

  /** Whether each was refused. */
  private static boolean isRefusal(JsonNode answer) {
    return answer.path("failed").intValue() == answer.path("results").size();
  }

  private JsonNode applied(JsonNode wanted, Caller caller, boolean defaults) {
    List<Integer> indexes = IntStream.range(0, wanted.size()).boxed().toList();
    List<Outcome> outcomes =
        new BulkRun(AT_ONCE)
            .all(
                indexes,
                index -> wanted.path(index).path("name"),
                index -> one(wanted.path(index), index, caller, defaults));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode results = answer.putArray("results");
    outcomes.forEach(outcome -> results.add(outcome.document()));
    return answer.put("failed", outcomes.stream().filter(Outcome::isFailure).count());
  }

  /**
   * What became of one.
   *
   * @param document as it is answered
   */
  private record Outcome(ObjectNode document, boolean isFailure) {}

  private Outcome one(JsonNode json, int index, Caller caller, boolean defaults) {
    ObjectNode result = JsonNodeFactory.instance.objectNode().put("index", index);
    result.set("name", json.path("name"));
    try {
      Body body = Body.at(json, List.of("body", "resources", index), new Problems());
      Wish wish = ResourceModels.wish(body, defaults);
      body.check();
      return switch (intake.apply(wish, caller)) {
        case IntakeResult.Stored stored -> {
          result
              .put("outcome", stored.kind().name().toLowerCase(Locale.ROOT))
              .put("id", stored.resource().id())
              .put("generation", stored.resource().generation());
          yield new Outcome(result, false);
        }
        case IntakeResult.Refused refused -> throw ResourceAnswers.refusal(refused);
      };
    } catch (ApiException e) {
      result
          .put("outcome", "failed")
          .put("status", e.status())
          .set("detail", e.body().path("detail"));
      return new Outcome(result, true);
    }
  }
}
