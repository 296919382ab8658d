// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.inbound;

import io.heal8s.core.http.problem.Problem;
import io.heal8s.core.http.problem.ProblemWriter;
import io.heal8s.core.http.webhook.Authentication;
import io.heal8s.core.http.webhook.Caller;
import io.heal8s.core.http.webhook.WebhookAuthenticator;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Lets only known callers through, with a bounded body.
 *
 * <p>The body is read after the caller is known, unless it is the signature over the body that
 * makes the caller known; either way at most the limit is held in memory.
 */
public final class WebhookFilter extends HttpFilter {
  /** Request attribute that holds the {@link Caller} of a request that was let through. */
  public static final String CALLER = "io.heal8s.core.http.caller";

  private static final long serialVersionUID = 1L;

  private final transient WebhookAuthenticator authenticator;
  private final transient BodyLimit limit;
  private final transient InstantSource clock;
  private final transient RefusalListener refusals;

  /**
   * Makes the filter.
   *
   * @param authenticator decides who is known
   * @param limit how much of a body is read
   * @param clock measures the time that a body takes
   * @param refusals is told of each refusal
   */
  public WebhookFilter(
      WebhookAuthenticator authenticator,
      BodyLimit limit,
      InstantSource clock,
      RefusalListener refusals) {
    this.authenticator = authenticator;
    this.limit = limit;
    this.clock = clock;
    this.refusals = refusals;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    ServletWebhookRequest webhook = new ServletWebhookRequest(request, limit, clock);
    try {
      switch (authenticator.authenticate(webhook)) {
        case Authentication.Accepted(Caller caller) -> {
          byte[] body = webhook.body();
          request.setAttribute(CALLER, caller);
          chain.doFilter(new BufferedBodyRequest(request, body), response);
        }
        case Authentication.Refused refused -> refuse(response, refused);
        case Authentication.Unavailable(var reason) ->
            refuse(response, Problem.serviceUnavailable(reason.advice()), reason.name());
      }
    } catch (BodyRefusedException e) {
      refuse(response, e.problem(), RefusalListener.BODY);
    }
  }

  private void refuse(HttpServletResponse response, Authentication.Refused refused)
      throws IOException {
    String advice = refused.reason().advice();
    Problem problem =
        refused.status() == HttpServletResponse.SC_FORBIDDEN
            ? Problem.forbidden(advice)
            : Problem.unauthorized(advice);
    refuse(response, problem, refused.reason().name());
  }

  private void refuse(HttpServletResponse response, Problem problem, String reason)
      throws IOException {
    refusals.refused(problem.status(), reason);
    ProblemWriter.write(response, problem);
  }
}
