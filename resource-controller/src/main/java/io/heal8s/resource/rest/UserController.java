// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.RoleStore;
import io.heal8s.resource.access.User;
import io.heal8s.resource.access.UserStore;
import io.heal8s.resource.auth.Directory;
import io.heal8s.resource.auth.DirectorySync;
import io.heal8s.resource.auth.Passwords;
import io.heal8s.resource.model.ResourceName;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
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

/** Users; for administrators. */
@RestController
@RequestMapping("/api/v1/users")
public final class UserController {

  private static final int SHORTEST_PASSWORD = 8;
  private static final int LONGEST_TEXT = 255;

  private final UserStore users;
  private final RoleStore roles;
  private final Passwords passwords;
  private final @Nullable DirectorySync directory;
  private final JsonBody bodies;

  public UserController(
      UserStore users,
      RoleStore roles,
      Passwords passwords,
      @Nullable DirectorySync directory,
      JsonBody bodies) {
    this.users = users;
    this.roles = roles;
    this.passwords = passwords;
    this.directory = directory;
    this.bodies = bodies;
  }

  @PostMapping
  ResponseEntity<JsonNode> create(HttpServletRequest request) {
    Callers.admin(request);
    Body body = bodies.object(request);
    String username = body.string("username");
    if (body.raw("username").isString()) {
      ResourceName.complaint(username).ifPresent(complaint -> body.broken("username", complaint));
    }
    String password = body.string("password");
    checkPassword(body, password);
    UserStore.NewUser user =
        new UserStore.NewUser(
            username,
            null,
            text(body, "email"),
            text(body, "display_name"),
            body.bool("is_admin", false),
            role(body),
            User.Source.MANUAL,
            null);
    body.check();
    return users
        .create(
            new UserStore.NewUser(
                user.username(),
                passwords.hash(password),
                user.email(),
                user.displayName(),
                user.admin(),
                user.customRoleId(),
                user.source(),
                null))
        .<ResponseEntity<JsonNode>>map(
            created -> ResponseEntity.status(201).body(AccessDocuments.of(created)))
        .orElseThrow(() -> ApiException.of(409, "User %s already exists".formatted(username)));
  }

  private static @Nullable String text(Body body, String name) {
    String text = body.optionalString(name);
    if (text != null) {
      body.length(name, text, 0, LONGEST_TEXT);
    }
    return text;
  }

  private static void checkPassword(Body body, String password) {
    body.length("password", password, SHORTEST_PASSWORD, Integer.MAX_VALUE);
    if (password.getBytes(StandardCharsets.UTF_8).length > Passwords.LONGEST_BYTES) {
      body.broken("password", "password cannot exceed 72 bytes");
    }
  }

  private @Nullable Long role(Body body) {
    Long role = body.optionalId("custom_role_id");
    if (role != null && roles.find(role).isEmpty()) {
      body.broken("custom_role_id", "there is no such role");
    }
    return role;
  }

  @GetMapping
  ResponseEntity<JsonNode> list(
      HttpServletRequest request,
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(name = "is_admin", required = false) @Nullable String admin,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String limit) {
    Callers.admin(request);
    User.Source from = find(User.Source.values(), source);
    User.Status state = find(User.Status.values(), status);
    ArrayNode page = JsonNodeFactory.instance.arrayNode();
    boolean impossible =
        Parameters.filter(source) != null && from == null
            || Parameters.filter(status) != null && state == null;
    int most = Parameters.limit(limit, 100);
    if (!impossible && most > 0) {
      users
          .list(from, Parameters.optionalFlag("is_admin", admin).orElse(null), state, most)
          .forEach(user -> page.add(AccessDocuments.of(user)));
    }
    return ResponseEntity.ok(page);
  }

  private static <E extends Enum<E>> @Nullable E find(E[] values, @Nullable String word) {
    return Arrays.stream(values)
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElse(null);
  }

  @GetMapping("/{id}")
  ResponseEntity<JsonNode> get(HttpServletRequest request, @PathVariable String id) {
    Callers.admin(request);
    return ResponseEntity.ok(AccessDocuments.of(user(id)));
  }

  @PutMapping("/{id}")
  ResponseEntity<JsonNode> put(HttpServletRequest request, @PathVariable String id) {
    Callers.admin(request);
    User now = user(id);
    Body body = bodies.object(request);
    String password = body.optionalString("password");
    if (password != null) {
      checkPassword(body, password);
    }
    User.Status status =
        body.choice(
            "status",
            false,
            java.util.Set.of("active", "suspended"),
            word -> User.Status.valueOf(word.toUpperCase(Locale.ROOT)));
    String email = text(body, "email");
    String displayName = text(body, "display_name");
    // A role that is said to be null is taken away; one that is not mentioned stays.
    Long role = body.mentions("custom_role_id") ? role(body) : now.customRoleId();
    boolean admin = body.bool("is_admin", now.admin());
    body.check();
    return change(
        now,
        new UserStore.Change(
            password == null ? null : passwords.hash(password),
            body.mentions("email") ? email : now.email(),
            body.mentions("display_name") ? displayName : now.displayName(),
            admin,
            status == null ? now.status() : status,
            role));
  }

  /** Suspends; nothing that a user did loses its author. */
  @DeleteMapping("/{id}")
  ResponseEntity<JsonNode> delete(HttpServletRequest request, @PathVariable String id) {
    Callers.admin(request);
    User now = user(id);
    change(
        now,
        new UserStore.Change(
            null,
            now.email(),
            now.displayName(),
            now.admin(),
            User.Status.SUSPENDED,
            now.customRoleId()));
    return ResponseEntity.noContent().build();
  }

  private ResponseEntity<JsonNode> change(User user, UserStore.Change change) {
    boolean losesAdmin =
        user.admin()
            && user.status() == User.Status.ACTIVE
            && (!change.admin() || change.status() == User.Status.SUSPENDED);
    if (losesAdmin && users.list(null, true, User.Status.ACTIVE, 2).size() < 2) {
      throw ApiException.of(409, "This is the last active administrator");
    }
    return users
        .update(user.id(), change)
        .<ResponseEntity<JsonNode>>map(changed -> ResponseEntity.ok(AccessDocuments.of(changed)))
        .orElseThrow(() -> ApiException.notFound("User"));
  }

  @PostMapping("/ldap-sync")
  ResponseEntity<JsonNode> sync(HttpServletRequest request) {
    Callers.admin(request);
    if (directory == null) {
      throw ApiException.of(503, "LDAP is not configured");
    }
    try {
      DirectorySync.Report report = directory.run();
      return ResponseEntity.ok(
          JsonNodeFactory.instance
              .objectNode()
              .put("created", report.created())
              .put("updated", report.updated())
              .put("total", report.total()));
    } catch (Directory.UnavailableException e) {
      throw ApiException.of(503, e.getMessage());
    }
  }

  private User user(String id) {
    return users
        .find(Parameters.id("user_id", id))
        .orElseThrow(() -> ApiException.notFound("User"));
  }
}
