// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.UserStore;
import io.heal8s.resource.auth.Directory;
import io.heal8s.resource.auth.Logins;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Logging in, and who one is. */
@RestController
public final class AuthController {

  private final @Nullable Logins logins;
  private final UserStore users;
  private final JsonBody bodies;

  /** Makes it; without logins nobody can or needs to log in. */
  public AuthController(@Nullable Logins logins, UserStore users, JsonBody bodies) {
    this.logins = logins;
    this.users = users;
    this.bodies = bodies;
  }

  @PostMapping("/api/v1/auth/login")
  ResponseEntity<JsonNode> login(HttpServletRequest request) {
    Body body = bodies.object(request);
    String username = body.string("username");
    String password = body.string("password");
    body.check();
    Logins.Login login =
        attempt(username, password).orElseThrow(() -> ApiException.of(401, "Invalid credentials"));
    return ResponseEntity.ok()
        .header("Cache-Control", "no-store")
        .body(
            JsonNodeFactory.instance
                .objectNode()
                .put("access_token", login.token())
                .put("token_type", "bearer")
                .put("username", login.user().username())
                .put("is_admin", login.user().admin()));
  }

  private Optional<Logins.Login> attempt(String username, String password) {
    if (logins == null) {
      throw ApiException.of(404, "Authentication is switched off");
    }
    try {
      return logins.login(username, password);
    } catch (Directory.UnavailableException e) {
      throw ApiException.of(503, e.getMessage());
    }
  }

  @GetMapping("/api/v1/auth/me")
  ResponseEntity<JsonNode> me(HttpServletRequest request) {
    Caller caller = Callers.of(request);
    return Optional.ofNullable(caller.userId())
        .flatMap(users::find)
        .<ResponseEntity<JsonNode>>map(user -> ResponseEntity.ok(AccessDocuments.of(user)))
        .orElseThrow(() -> ApiException.notFound("User"));
  }
}
