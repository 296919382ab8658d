// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.intake.Admission;
import io.heal8s.resource.model.HistoryEntry;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.ResourceStore.ApproveResult;
import io.heal8s.resource.store.ResourceStore.DeleteResult;
import io.heal8s.resource.store.ResourceStore.FinalizerResult;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What can be asked of one resource beside its content. */
@RestController
@RequestMapping("/api/v1/resources/{id}")
public final class ResourceActionController {

  private static final String NAME = "resource_id";

  private final ResourceStore resources;
  private final Admission admission;
  private final JsonBody bodies;

  public ResourceActionController(ResourceStore resources, Admission admission, JsonBody bodies) {
    this.resources = resources;
    this.admission = admission;
    this.bodies = bodies;
  }

  @DeleteMapping
  ResponseEntity<JsonNode> delete(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    Caller caller = Callers.of(request);
    Resource resource = allowed(caller, Operation.DELETE, id);
    if (resource.deletedAt() != null) {
      throw ApiException.notFound("Resource");
    }
    Admission.Review review =
        new Admission.Review(
            Operation.DELETE,
            resource.name(),
            resource.typeName(),
            resource.typeVersion(),
            resource.spec(),
            Documents.of(resource),
            caller.username());
    if (admission.judge(review) instanceof Admission.Verdict.Denied denied) {
      throw ApiException.of(403, denied.message());
    }
    return switch (resources.delete(resource.id(), EntityTag.expected(ifMatch))) {
      case DeleteResult.Marked _, DeleteResult.Purged _ ->
          accepted("Resource marked for deletion", resource.id());
      case DeleteResult.AlreadyMarked _, DeleteResult.NotFound _ ->
          throw ApiException.notFound("Resource");
      case DeleteResult.Conflict conflict ->
          throw ApiException.of(
              412, "Resource was changed; its revision is now " + conflict.current().revision());
    };
  }

  @PostMapping("/reconcile")
  ResponseEntity<JsonNode> reconcile(HttpServletRequest request, @PathVariable String id) {
    Resource resource = allowed(Callers.of(request), Operation.UPDATE, id);
    if (!resources.requestReconcile(resource.id())) {
      throw ApiException.notFound("Resource");
    }
    return accepted("Reconciliation triggered", resource.id());
  }

  @PostMapping("/approve")
  ResponseEntity<JsonNode> approve(HttpServletRequest request, @PathVariable String id) {
    Resource resource = allowed(Callers.of(request), Operation.UPDATE, id);
    Body body = bodies.object(request);
    String plan = body.string("plan_id");
    body.check();
    return switch (resources.approve(resource.id(), plan)) {
      case ApproveResult.Approved approved -> ResourceAnswers.ok(approved.resource());
      case ApproveResult.NotThatPlan _ ->
          throw ApiException.of(409, "That plan does not wait for approval");
      case ApproveResult.NotFound _ -> throw ApiException.notFound("Resource");
    };
  }

  @PutMapping("/finalizers")
  ResponseEntity<JsonNode> finalizers(HttpServletRequest request, @PathVariable String id) {
    Resource resource = allowed(Callers.of(request), Operation.UPDATE, id);
    Body body = bodies.object(request);
    Set<String> add = new HashSet<>(body.strings("add"));
    Set<String> remove = new HashSet<>(body.strings("remove"));
    body.check();
    return switch (resources.changeFinalizers(resource.id(), add, remove)) {
      case FinalizerResult.Changed changed -> ResourceAnswers.ok(changed.resource());
      case FinalizerResult.Purged _ ->
          ResponseEntity.ok(message("Resource deleted", resource.id()));
      case FinalizerResult.NotFound _ -> throw ApiException.notFound("Resource");
    };
  }

  @GetMapping("/outputs")
  ResponseEntity<JsonNode> outputs(HttpServletRequest request, @PathVariable String id) {
    Resource resource = allowed(Callers.of(request), Operation.READ, id);
    return ResponseEntity.ok(
        JsonNodeFactory.instance.objectNode().set("outputs", resource.outputs()));
  }

  /** Where the resource stands, in few words. */
  @GetMapping("/state")
  ResponseEntity<JsonNode> state(HttpServletRequest request, @PathVariable String id) {
    Resource resource = allowed(Callers.of(request), Operation.READ, id);
    JsonNode whole = Documents.of(resource);
    var state = JsonNodeFactory.instance.objectNode();
    for (String field :
        List.of(
            "id",
            "name",
            "status",
            "status_message",
            "generation",
            "observed_generation",
            "last_reconcile_time",
            "next_reconcile_time",
            "retry_count",
            "conditions",
            "finalizers")) {
      state.set(field, whole.path(field));
    }
    return ResponseEntity.ok(state.set("outputs", resource.outputs()));
  }

  @GetMapping("/history")
  ResponseEntity<JsonNode> history(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Caller caller = Callers.of(request);
    long key = Parameters.id(NAME, id);
    int most = Parameters.limit(limit, 10);
    Long before = Parameters.cursor(cursor);
    Optional<Resource> resource = resources.find(key);
    resource.ifPresent(
        found -> Callers.require(caller, Operation.READ, found.typeName(), found.typeVersion()));
    List<HistoryEntry> entries = resources.history(key, Math.max(most, 1), before);
    // What is purged keeps its history, for those who may read everything.
    if (resource.isEmpty() && (entries.isEmpty() || !caller.admin())) {
      throw ApiException.notFound("Resource");
    }
    ArrayNode page = JsonNodeFactory.instance.arrayNode();
    entries.stream().limit(most).forEach(entry -> page.add(Documents.of(entry)));
    HttpHeaders headers = new HttpHeaders();
    if (most > 0 && entries.size() == most) {
      Pages.next(headers, request, entries.getLast().id());
    }
    return ResponseEntity.ok().headers(headers).body(page);
  }

  private Resource allowed(Caller caller, Operation operation, String id) {
    Resource found =
        resources
            .find(Parameters.id(NAME, id))
            .orElseThrow(() -> ApiException.notFound("Resource"));
    Callers.require(caller, operation, found.typeName(), found.typeVersion());
    return found;
  }

  private static ResponseEntity<JsonNode> accepted(String text, long id) {
    return ResponseEntity.accepted().body(message(text, id));
  }

  private static JsonNode message(String text, long id) {
    return JsonNodeFactory.instance.objectNode().put("message", text).put(NAME, id);
  }
}
