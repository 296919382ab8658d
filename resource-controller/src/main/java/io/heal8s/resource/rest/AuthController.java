// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.Caller;
import io.heal8s.resource.access.UserStore;
import io.heal8s.resource.auth.Directory;
import io.heal8s.resource.auth.Logins;
import io.heal8s.resource.auth.Logins.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
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
    Logins.Login login = attempt(username, password, request.getRemoteAddr());
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

  private Logins.Login attempt(String username, String password, String address) {
    if (logins == null) {
      throw ApiException.of(404, "Authentication is switched off");
    }
    try {
      return switch (logins.login(username, password, address)) {
        case Outcome.In(Logins.Login login) -> login;
        case Outcome.Wrong _ -> throw ApiException.of(401, "Invalid credentials");
        case Outcome.NotNow(Duration pause) -> throw tooMany(pause);
      };
    } catch (Directory.UnavailableException e) {
      throw ApiException.of(503, e.getMessage());
    }
  }

  private static ApiException tooMany(Duration pause) {
    long seconds = Math.max(1, pause.plusMillis(999).toSeconds());
    return ApiException.of(429, "Too many logins; try again in %d s".formatted(seconds))
        .header("Retry-After", Long.toString(seconds));
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
