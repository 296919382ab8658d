// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.plugin.state.Credential;
import io.heal8s.resource.plugin.state.StateStore;
import io.heal8s.resource.store.StoreUnavailableException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets only runs reach their state, before anybody's body is read. That a state is on its way is
 * noted here, too, for a body that is too large comes no further.
 */
public final class StateFilter extends HttpFilter {

  static final String STRANGER =
      "this is for a run that is under way, and its credential has ended with it";

  private static final long serialVersionUID = 1L;
  private static final String RUN = StateFilter.class.getName() + ".run";
  private static final String JUDGED = StateFilter.class.getName() + ".judged";

  /** As a whole, so that nothing else is reached by dots in a path. */
  private static final Pattern PATH = Pattern.compile(StateController.PATH + "/([0-9]{1,18})");

  private final transient StateStore states;
  private final transient LoopbackStates readers;

  /** Makes it. */
  public StateFilter(StateStore states, LoopbackStates readers) {
    this.states = states;
    this.readers = readers;
  }

  /** Whether this is the page of a state, which judges by itself who may come. */
  static boolean isState(String path) {
    return PATH.matcher(path).matches();
  }

  /** Whether it was judged here: a path that is written otherwise was not. */
  static boolean isJudged(HttpServletRequest request) {
    return Boolean.TRUE.equals(request.getAttribute(JUDGED));
  }

  /** The run that asks; null for one that only reads. */
  static @Nullable UUID run(HttpServletRequest request) {
    return (UUID) request.getAttribute(RUN);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Matcher path = PATH.matcher(request.getRequestURI());
    if (path.matches()) {
      try {
        if (!isKnown(request, Long.parseLong(path.group(1)))) {
          response.setHeader("WWW-Authenticate", "Basic realm=\"state\"");
          answer(response, 401, STRANGER);
          return;
        }
        request.setAttribute(JUDGED, Boolean.TRUE);
      } catch (StoreUnavailableException e) {
        answer(response, 503, "Database not available");
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private boolean isKnown(HttpServletRequest request, long resource) {
    Optional<Credential> credential = credential(request.getHeader("Authorization"));
    if (credential.isEmpty()) {
      return false;
    }
    if (readers.mayRead(resource, credential.get())) {
      return request.getMethod().equals("GET");
    }
    Optional<UUID> run = states.writer(resource, credential.get());
    run.ifPresent(id -> request.setAttribute(RUN, id));
    if (request.getMethod().equals("POST")) {
      run.ifPresent(states::announce);
    }
    return run.isPresent();
  }

  /** Names are random identifiers; nothing else is looked for in the database. */
  private static Optional<Credential> credential(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return Optional.empty();
    }
    try {
      String text =
          new String(
              Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : Optional.of(
              new Credential(
                  UUID.fromString(text.substring(0, colon)).toString(), text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void answer(HttpServletResponse response, int status, String text)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain");
    response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}
