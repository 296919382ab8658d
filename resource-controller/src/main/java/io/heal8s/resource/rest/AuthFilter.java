// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.auth.Authentication;
import io.heal8s.resource.store.StoreUnavailableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** Lets nobody through whom it does not know, except to what is public. */
public final class AuthFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final Set<String> PUBLIC =
      Set.of(
          "/",
          "/health",
          "/docs",
          "/redoc",
          "/openapi.json",
          "/api/v1/auth/login",
          "/api/v1/cluster/health",
          "/error");

  private final transient Authentication authentication;

  /** Makes it. */
  public AuthFilter(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI();
    if (!PUBLIC.contains(path) && !path.startsWith("/actuator") && !isOfRuns(path)) {
      Authentication.Result result;
      try {
        result = authentication.judge(request.getHeader("Authorization"));
      } catch (StoreUnavailableException e) {
        answer(response, ApiException.of(503, "Database not available"));
        return;
      }
      switch (result) {
        case Authentication.Result.Unknown unknown -> {
          response.setHeader("WWW-Authenticate", "Bearer");
          answer(response, ApiException.of(401, unknown.message()));
          return;
        }
        case Authentication.Result.Known known -> Callers.set(request, known.caller());
      }
    }
    chain.doFilter(request, response);
  }

  /** Credentials of runs are no tokens; that page judges them itself. */
  private static boolean isOfRuns(String path) {
    return StateFilter.isState(path);
  }

  static void answer(HttpServletResponse response, ApiException failure) throws IOException {
    response.setStatus(failure.status());
    response.setContentType("application/json");
    response
        .getOutputStream()
        .write(failure.body().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }
}
