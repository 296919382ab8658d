// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.intake.Edit;
import io.heal8s.resource.intake.Masks;
import io.heal8s.resource.intake.ResourceIntake;
import io.heal8s.resource.intake.TypeVersions;
import io.heal8s.resource.model.Resource;
import io.heal8s.resource.model.ResourceQuery;
import io.heal8s.resource.model.ResourceStatus;
import io.heal8s.resource.store.EventLog;
import io.heal8s.resource.store.ResourceStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
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

/** Resources: create, read, change. */
@RestController
@RequestMapping("/api/v1/resources")
public final class ResourceController {

  private final ResourceStore resources;
  private final ResourceIntake intake;
  private final VersionedView view;
  private final EventLog events;
  private final JsonBody bodies;
  private final Idempotency idempotency;

  public ResourceController(
      ResourceStore resources,
      ResourceIntake intake,
      TypeVersions versions,
      EventLog events,
      JsonBody bodies,
      Idempotency idempotency) {
    this.resources = resources;
    this.intake = intake;
    this.view = new VersionedView(resources, versions);
    this.events = events;
    this.bodies = bodies;
    this.idempotency = idempotency;
  }

  @PostMapping
  ResponseEntity<JsonNode> create(
      HttpServletRequest request,
      @RequestParam(name = "apply_defaults", required = false) @Nullable String applyDefaults) {
    Caller caller = Callers.of(request);
    Body body = bodies.object(request);
    var wish = ResourceModels.wish(body, Parameters.flag("apply_defaults", applyDefaults));
    body.check();
    return idempotency.once(
        request,
        caller,
        body.raw(),
        earlier ->
            ResourceAnswers.created(
                intake.create(wish, caller),
                resource -> view.as(resource, wish.typeVersion()),
                () -> view.find(wish.typeName(), wish.typeVersion(), wish.name()),
                earlier));
  }

  @GetMapping(params = "watch!=true")
  ResponseEntity<JsonNode> list(
      HttpServletRequest request,
      @RequestParam(required = false) @Nullable String watch,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(name = "action_plugin", required = false) @Nullable String actionPlugin,
      @RequestParam(name = "resource_type_name", required = false) @Nullable String typeName,
      @RequestParam(name = "resource_type_version", required = false) @Nullable String typeVersion,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(name = "label_selector", required = false) @Nullable String labels,
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable String count) {
    Caller caller = Callers.of(request);
    if (Parameters.flag("watch", watch)) {
      throw ApiException.of(400, "write watch=true to follow the list");
    }
    int most = Parameters.limit(limit, 100);
    Optional<ResourceStatus> wanted = status(Parameters.filter(status));
    ArrayNode page = JsonNodeFactory.instance.arrayNode();
    HttpHeaders headers = new HttpHeaders();
    // Read before the list, so that whoever watches from here misses nothing.
    headers.set("X-Event-Id", Long.toString(events.newest()));
    if (status != null && !status.isEmpty() && wanted.isEmpty()) {
      return ResponseEntity.ok().headers(headers).body(page);
    }
    ResourceQuery query =
        new ResourceQuery(
            wanted.orElse(null),
            Parameters.filter(actionPlugin),
            Parameters.filter(typeName),
            Parameters.filter(typeVersion),
            Parameters.filter(name),
            LabelSelector.parse(labels),
            caller.readable(),
            most,
            Parameters.cursor(cursor));
    List<Resource> found = most == 0 ? List.of() : resources.list(query);
    found.forEach(resource -> page.add(Documents.of(resource)));
    if (!found.isEmpty() && found.size() == most) {
      Pages.next(headers, request, found.getLast().id());
    }
    if (Parameters.flag("count", count)) {
      headers.set("X-Total-Count", Long.toString(resources.count(query)));
    }
    return ResponseEntity.ok().headers(headers).body(page);
  }

  /** A status that there is none of matches nothing, as before. */
  private static Optional<ResourceStatus> status(@Nullable String word) {
    for (ResourceStatus status : ResourceStatus.values()) {
      if (status.word().equals(word)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }

  @GetMapping("/{id}")
  ResponseEntity<JsonNode> get(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String version) {
    Resource found = readable(request, Parameters.id("resource_id", id));
    String wanted = Parameters.filter(version);
    return ResourceAnswers.ok(wanted == null ? found : view.as(found, wanted));
  }

  @GetMapping("/by-name/{type}/{version}/{name}")
  ResponseEntity<JsonNode> byName(
      HttpServletRequest request,
      @PathVariable String type,
      @PathVariable String version,
      @PathVariable String name) {
    Caller caller = Callers.of(request);
    Callers.require(caller, Operation.READ, type, version);
    Resource found =
        view.find(type, version, name).orElseThrow(() -> ApiException.notFound("Resource"));
    Callers.require(caller, Operation.READ, type, found.typeVersion());
    return ResourceAnswers.ok(view.as(found, version));
  }

  @PutMapping("/{id}")
  ResponseEntity<JsonNode> put(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String version,
      @RequestParam(name = "apply_defaults", required = false) @Nullable String applyDefaults,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    Caller caller = Callers.of(request);
    long key = Parameters.id("resource_id", id);
    Body body = bodies.object(request);
    JsonNode spec = ResourceModels.sized(body, "spec");
    JsonNode config = ResourceModels.sized(body, "plugin_config");
    body.check();
    boolean defaults = Parameters.flag("apply_defaults", applyDefaults);
    String written = Parameters.filter(version);
    return ResourceAnswers.updated(
        intake.update(
            key,
            now ->
                new Edit(
                    written,
                    spec,
                    config == null ? null : Masks.restored(config, now.pluginConfig()),
                    null,
                    null,
                    defaults),
            EntityTag.expected(ifMatch),
            caller),
        resource -> written == null ? resource : view.as(resource, written));
  }

  @PatchMapping("/{id}")
  ResponseEntity<JsonNode> patch(
      HttpServletRequest request,
      @PathVariable String id,
      @RequestParam(name = "apply_defaults", required = false) @Nullable String applyDefaults,
      @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
    Caller caller = Callers.of(request);
    long key = Parameters.id("resource_id", id);
    ResourcePatch patch = ResourcePatch.of(bodies.object(request));
    boolean defaults = Parameters.flag("apply_defaults", applyDefaults);
    return ResourceAnswers.updated(
        patch.apply(intake, key, EntityTag.expected(ifMatch), caller, defaults));
  }

  private Resource readable(HttpServletRequest request, long id) {
    Caller caller = Callers.of(request);
    Resource found = resources.find(id).orElseThrow(() -> ApiException.notFound("Resource"));
    Callers.require(caller, Operation.READ, found.typeName(), found.typeVersion());
    return found;
  }
}
