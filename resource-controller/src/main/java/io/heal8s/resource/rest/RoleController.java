// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Grant;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.access.Role;
import io.heal8s.resource.access.RoleStore;
import io.heal8s.resource.access.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Roles and their permissions; for administrators. */
@RestController
@RequestMapping("/api/v1/custom-roles")
public final class RoleController {

  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_VERSION = 50;
  private static final Set<String> OPERATIONS =
      Arrays.stream(Operation.values()).map(Operation::name).collect(Collectors.toSet());
  private static final Set<String> SYSTEM =
      Arrays.stream(SystemPermission.values())
          .map(SystemPermission::word)
          .collect(Collectors.toSet());

  private final RoleStore roles;
  private final JsonBody bodies;

  public RoleController(RoleStore roles, JsonBody bodies) {
    this.roles = roles;
    this.bodies = bodies;
  }

  @PostMapping
  ResponseEntity<JsonNode> create(HttpServletRequest request) {
    Callers.admin(request);
    Body body = bodies.object(request);
    String name = body.string("name");
    body.length("name", name, 1, LONGEST_NAME);
    String description = body.optionalString("description");
    Set<SystemPermission> system = system(body);
    List<Grant> permissions = permissions(body);
    body.check();
    return roles
        .create(name, description, system, permissions)
        .<ResponseEntity<JsonNode>>map(
            role -> ResponseEntity.status(201).body(AccessDocuments.of(role)))
        .orElseThrow(() -> ApiException.of(409, "Role %s already exists".formatted(name)));
  }

  private static Set<SystemPermission> system(Body body) {
    Set<SystemPermission> system = new LinkedHashSet<>();
    for (String word : body.strings("system_permissions")) {
      SystemPermission.of(word)
          .ifPresentOrElse(
              system::add,
              () ->
                  body.badChoice(
                      body.at("system_permissions"),
                      SYSTEM,
                      JsonNodeFactory.instance.stringNode(word)));
    }
    return system;
  }

  private static List<Grant> permissions(Body body) {
    List<Grant> permissions = new ArrayList<>();
    Set<String> covered = new HashSet<>();
    JsonNode list = body.list("permissions");
    for (int i = 0; i < list.size(); i++) {
      List<Object> place = new ArrayList<>(body.at("permissions"));
      place.add(i);
      Grant permission = permission(Body.at(list.path(i), place, body.problems()));
      permissions.add(permission);
      String types = permission.typeName() + "/" + permission.typeVersion();
      if (!covered.add(types)) {
        body.broken("permissions", "more than one permission for " + types);
      }
    }
    return permissions;
  }

  private static Grant permission(Body body) {
    String type = body.string("resource_type_name", Grant.ANY);
    String version = body.string("resource_type_version", Grant.ANY);
    body.length("resource_type_name", type, 1, LONGEST_NAME);
    body.length("resource_type_version", version, 1, LONGEST_VERSION);
    return new Grant(0, type, version, operations(body));
  }

  private static Set<Operation> operations(Body body) {
    Set<Operation> operations = new LinkedHashSet<>();
    body.requiredList("operations");
    for (String word : body.strings("operations")) {
      if (OPERATIONS.contains(word)) {
        operations.add(Operation.valueOf(word));
      } else {
        body.badChoice(
            body.at("operations"), OPERATIONS, JsonNodeFactory.instance.stringNode(word));
      }
    }
    return operations;
  }

  @GetMapping
  ResponseEntity<JsonNode> list(
      HttpServletRequest request, @RequestParam(required = false) @Nullable String limit) {
    Callers.admin(request);
    ArrayNode page = JsonNodeFactory.instance.arrayNode();
    roles.list(Parameters.limit(limit, 100)).forEach(role -> page.add(AccessDocuments.of(role)));
    return ResponseEntity.ok(page);
  }

  @GetMapping("/{id}")
  ResponseEntity<JsonNode> get(HttpServletRequest request, @PathVariable String id) {
    Callers.admin(request);
    return ResponseEntity.ok(AccessDocuments.of(role(id)));
  }

  @PutMapping("/{id}")
  ResponseEntity<JsonNode> put(HttpServletRequest request, @PathVariable String id) {
    Callers.admin(request);
    Body body = bodies.object(request);
    String name = body.optionalString("name");
    if (name != null) {
      body.length("name", name, 1, LONGEST_NAME);
    }
    String description = body.optionalString("description");
    Set<SystemPermission> system = body.has("system_permissions") ? system(body) : null;
    body.check();
    return switch (roles.update(key(id), name, description, system)) {
      case RoleStore.Changed.Done done -> ResponseEntity.ok(AccessDocuments.of(done.role()));
      case RoleStore.Changed.NameTaken _ ->
          throw ApiException.of(409, "Role %s already exists".formatted(name));
      case RoleStore.Changed.NotFound _ -> throw ApiException.notFound("Role");
    };
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(HttpServletRequest request, @PathVariable String id) {
    Callers.admin(request);
    if (!roles.delete(key(id))) {
      throw ApiException.notFound("Role");
    }
    return ResponseEntity.noContent().build();
  }

  @PostMapping("/{id}/permissions")
  ResponseEntity<JsonNode> add(HttpServletRequest request, @PathVariable String id) {
    Callers.admin(request);
    Role role = role(id);
    Body body = bodies.object(request);
    Grant permission = permission(body);
    body.check();
    return roles
        .addPermission(role.id(), permission)
        .<ResponseEntity<JsonNode>>map(
            added -> ResponseEntity.status(201).body(AccessDocuments.of(added)))
        .orElseThrow(
            () ->
                ApiException.of(
                    409,
                    "Permission for %s/%s already exists"
                        .formatted(permission.typeName(), permission.typeVersion())));
  }

  @PutMapping("/{id}/permissions/{permission}")
  ResponseEntity<JsonNode> change(
      HttpServletRequest request, @PathVariable String id, @PathVariable String permission) {
    Callers.admin(request);
    Body body = bodies.object(request);
    Set<Operation> operations = operations(body);
    body.check();
    return roles
        .changePermission(key(id), Parameters.id("permission_id", permission), operations)
        .<ResponseEntity<JsonNode>>map(changed -> ResponseEntity.ok(AccessDocuments.of(changed)))
        .orElseThrow(() -> ApiException.notFound("Permission"));
  }

  @DeleteMapping("/{id}/permissions/{permission}")
  ResponseEntity<Void> remove(
      HttpServletRequest request, @PathVariable String id, @PathVariable String permission) {
    Callers.admin(request);
    if (!roles.removePermission(key(id), Parameters.id("permission_id", permission))) {
      throw ApiException.notFound("Permission");
    }
    return ResponseEntity.noContent().build();
  }

  private Role role(String id) {
    return roles.find(key(id)).orElseThrow(() -> ApiException.notFound("Role"));
  }

  private static long key(String id) {
    return Parameters.id("role_id", id);
  }
}
