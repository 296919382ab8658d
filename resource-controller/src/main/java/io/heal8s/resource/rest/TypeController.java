// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.intake.Masks;
import io.heal8s.resource.intake.TypeVersions;
import io.heal8s.resource.model.NewResourceType;
import io.heal8s.resource.model.ResourceType;
import io.heal8s.resource.schema.ResourceSchema;
import io.heal8s.resource.schema.SchemaRefusedException;
import io.heal8s.resource.store.ResourceStore;
import io.heal8s.resource.store.ResourceTypeStore;
import io.heal8s.resource.store.ResourceTypeStore.UpdateResult;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Objects;
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
import tools.jackson.databind.node.ObjectNode;

/** Resource types. */
@RestController
@RequestMapping("/api/v1/resource-types")
public final class TypeController {

  private static final String KIND = "Resource type";
  private static final String ID = "type_id";
  private static final int LONGEST_STATUS = 50;

  private final ResourceTypeStore types;
  private final BrokenResources broken;
  private final TypeVersions versions;
  private final TypeMigration migration;
  private final JsonBody bodies;
  private final Idempotency idempotency;

  public TypeController(
      ResourceTypeStore types,
      ResourceStore resources,
      TypeVersions versions,
      JsonBody bodies,
      Idempotency idempotency) {
    this.types = types;
    this.broken = new BrokenResources(resources);
    this.versions = versions;
    this.migration = new TypeMigration(resources, versions);
    this.bodies = bodies;
    this.idempotency = idempotency;
  }

  @PostMapping
  ResponseEntity<JsonNode> create(HttpServletRequest request) {
    var caller = Callers.admin(request);
    Body body = bodies.object(request);
    NewResourceType type =
        new NewResourceType(
            ResourceModels.typeName(body),
            ResourceModels.typeVersion(body),
            body.object("schema"),
            body.optionalString("description"),
            body.objectOrEmpty("metadata"));
    checkSchema(body, type.schema());
    body.check();
    checkHidden(type.metadata());
    checkVersions(body, type.name(), type.version(), type.metadata());
    return idempotency.once(
        request,
        caller,
        body.raw(),
        earlier ->
            types
                .create(type)
                .or(
                    () ->
                        earlier == null
                            ? java.util.Optional.empty()
                            : types
                                .find(type.name(), type.version())
                                .filter(found -> !found.createdAt().isBefore(earlier)))
                .map(TypeController::created)
                .orElseThrow(
                    () ->
                        ApiException.of(
                                409,
                                "Resource type %s/%s already exists"
                                    .formatted(type.name(), type.version()))
                            .asRefusal()));
  }

  private static ResponseEntity<JsonNode> created(ResourceType type) {
    return ResponseEntity.created(URI.create("/api/v1/resource-types/" + type.id()))
        .header("ETag", EntityTag.of(type.revision()))
        .body(Documents.of(type));
  }

  private static void checkSchema(Body body, JsonNode schema) {
    if (!schema.isObject() || !body.raw("schema").isObject()) {
      return;
    }
    try {
      ResourceSchema.check(schema);
    } catch (SchemaRefusedException e) {
      body.broken("schema", "Invalid schema: " + e.getMessage());
    }
  }

  /** A value that is shown hidden, and was sent where none is stored that it could stand for. */
  private static void checkHidden(JsonNode metadata) {
    Masks.stillHidden(metadata)
        .ifPresent(
            place -> {
              throw ApiException.of(
                  400,
                  "metadata.%s: %s stands for a hidden value; give the value or a reference"
                      .formatted(place, Masks.HIDDEN));
            });
  }

  private void checkVersions(Body body, String name, String version, JsonNode metadata) {
    versions
        .complaint(name, version, metadata)
        .ifPresent(complaint -> body.broken("metadata", complaint));
    body.check();
  }

  @GetMapping
  ResponseEntity<JsonNode> list(
      HttpServletRequest request,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor) {
    Callers.of(request);
    int most = Parameters.limit(limit, 100);
    List<ResourceType> found =
        most == 0
            ? List.of()
            : types.list(
                Parameters.filter(name), Parameters.filter(status), most, TypeCursor.read(cursor));
    ArrayNode page = JsonNodeFactory.instance.arrayNode();
    found.forEach(type -> page.add(Documents.of(type)));
    HttpHeaders headers = new HttpHeaders();
    if (!found.isEmpty() && found.size() == most) {
      ResourceType last = found.getLast();
      Pages.next(
          headers,
          request,
          TypeCursor.of(new ResourceTypeStore.Place(last.name(), last.version())));
    }
    return ResponseEntity.ok().headers(headers).body(page);
  }

  @GetMapping("/{id}")
  ResponseEntity<JsonNode> get(HttpServletRequest request, @PathVariable String id) {
    Callers.of(request);
    return types
        .find(Parameters.id(ID, id))
        .map(TypeController::ok)
        .orElseThrow(() -> ApiException.notFound(KIND));
  }

  @GetMapping("/{name}/{version}")
  ResponseEntity<JsonNode> get(
      HttpServletRequest request, @PathVariable String name, @PathVariable String version) {
    Callers.of(request);
    return types
        .find(name, version)
        .map(TypeController::ok)
        .orElseThrow(() -> ApiException.notFound(KIND));
  }

  /** Changes a type; with {@code dry_run} only says which resources would no longer be valid. */
  @PutMapping("/{id}")
  ResponseEntity<JsonNode> put(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestParam(name = "dry_run", required = false) @Nullable String dryRun,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    Callers.admin(request);
    long key = Parameters.id(ID, id);
    Body body = bodies.object(request);
    JsonNode schema = body.optionalObject("schema");
    if (schema != null) {
      checkSchema(body, schema);
    }
    String status = body.optionalString("status");
    if (status != null) {
      body.length("status", status, 0, LONGEST_STATUS);
    }
    ResourceTypeStore.Change sent =
        new ResourceTypeStore.Change(
            schema, body.optionalString("description"), status, body.optionalObject("metadata"));
    body.check();
    ResourceType before = types.find(key).orElseThrow(() -> ApiException.notFound(KIND));
    ResourceTypeStore.Change change = whole(sent, before);
    if (change.metadata() != null) {
      checkVersions(body, before.name(), before.version(), change.metadata());
    }
    if (Parameters.flag("dry_run", dryRun)) {
      return withBroken(ok(before), before, schema);
    }
    Long expected = EntityTag.expected(ifMatch);
    // What was hidden stands for what was just read, and for nothing that came meanwhile.
    boolean isRestored = !Objects.equals(sent.metadata(), change.metadata());
    Long revision = expected == null && isRestored ? Long.valueOf(before.revision()) : expected;
    return switch (types.update(key, change, revision)) {
      case UpdateResult.Updated updated -> withBroken(ok(updated.type()), updated.type(), schema);
      case UpdateResult.Unchanged unchanged ->
          withBroken(ok(unchanged.type()), unchanged.type(), schema);
      case UpdateResult.Conflict conflict ->
          throw ApiException.of(
              412,
              "Resource type was changed; its revision is now " + conflict.current().revision());
      case UpdateResult.NotFound _ -> throw ApiException.notFound(KIND);
    };
  }

  /** The same with what is hidden in it as it is stored. */
  private static ResourceTypeStore.Change whole(
      ResourceTypeStore.Change sent, ResourceType stored) {
    JsonNode metadata = sent.metadata();
    if (metadata == null) {
      return sent;
    }
    JsonNode restored = Masks.restored(metadata, stored.metadata());
    if (!restored.equals(stored.metadata())) {
      checkHidden(restored);
    }
    return new ResourceTypeStore.Change(sent.schema(), sent.description(), sent.status(), restored);
  }

  private ResponseEntity<JsonNode> withBroken(
      ResponseEntity<JsonNode> answer, ResourceType type, @Nullable JsonNode schema) {
    if (schema != null && answer.getBody() instanceof ObjectNode document) {
      document.set("broken_resources", broken.by(type, schema));
    }
    return answer;
  }

  /** Stores what is there in this version as the one that its rules name. */
  @PostMapping("/{id}/migrate")
  ResponseEntity<JsonNode> migrate(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestParam(name = "dry_run", required = false) @Nullable String dryRun) {
    Callers.admin(request);
    ResourceType from =
        types.find(Parameters.id(ID, id)).orElseThrow(() -> ApiException.notFound(KIND));
    ResourceType to =
        versions
            .rules(from)
            .storedAs()
            .flatMap(version -> types.find(from.name(), version))
            .orElseThrow(
                () ->
                    ApiException.of(
                        409,
                        "%s/%s is stored as itself: metadata.conversion.stored_as names no other version"
                            .formatted(from.name(), from.version())));
    return ResponseEntity.ok(migration.run(from, to, Parameters.flag("dry_run", dryRun)));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(HttpServletRequest request, @PathVariable String id) {
    Callers.admin(request);
    return switch (types.delete(Parameters.id(ID, id))) {
      case DELETED -> ResponseEntity.noContent().build();
      case NOT_FOUND -> throw ApiException.notFound(KIND);
      case IN_USE ->
          throw ApiException.of(409, "Cannot delete: resources still reference this type");
    };
  }

  private static ResponseEntity<JsonNode> ok(ResourceType type) {
    return ResponseEntity.ok()
        .header("ETag", EntityTag.of(type.revision()))
        .body(Documents.of(type));
  }
}
