// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.core.http.inbound.BodyLimit;
import io.heal8s.core.http.inbound.BoundedBodyFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Reads bodies, up to a limit: of a stranger no more than a login takes. Comes after the filters
 * that know callers.
 */
public final class BodyFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final int OF_STRANGERS = 64 << 10;

  private final transient BoundedBodyFilter large;
  private final transient BoundedBodyFilter small;

  /**
   * Makes it.
   *
   * @param most bytes of the body of a known caller
   */
  public BodyFilter(long most, InstantSource clock) {
    this.large = bounded(most, clock);
    this.small = bounded(Math.min(most, OF_STRANGERS), clock);
  }

  private static BoundedBodyFilter bounded(long most, InstantSource clock) {
    return new BoundedBodyFilter(
        BodyLimit.ofBytes(most),
        clock,
        (status, reason) -> {},
        (response, problem) ->
            AuthFilter.answer(response, ApiException.of(problem.status(), problem.detail())));
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean isKnown = Callers.isKnown(request) || StateFilter.isJudged(request);
    (isKnown ? large : small).doFilter(request, response, chain);
  }
}
