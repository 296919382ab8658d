// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.webhook;

import io.heal8s.core.http.inbound.RefusalListener;
import io.heal8s.core.http.problem.Problem;
import io.heal8s.core.http.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;

/**
 * Lets in only POST, and only so many at once: a body has to be held in memory before its signature
 * says who sent it.
 */
public final class WebhookGate extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private final transient Semaphore places;
  private final transient RefusalListener refusals;

  /**
   * @param places deliveries at work at the same time, at least 1
   */
  public WebhookGate(int places, RefusalListener refusals) {
    this.places = new Semaphore(places);
    this.refusals = refusals;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!request.getMethod().equals("POST")) {
      refuseMethod(response);
      return;
    }
    if (!places.tryAcquire()) {
      refusals.refused(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Busy");
      ProblemWriter.write(
          response, Problem.serviceUnavailable("Too many deliveries at once; send it again."));
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      places.release();
    }
  }

  private void refuseMethod(HttpServletResponse response) throws IOException {
    int status = HttpServletResponse.SC_METHOD_NOT_ALLOWED;
    refusals.refused(status, "Method");
    byte[] body =
        new Problem(status, "Method Not Allowed", "Send deliveries with POST.")
            .toJson()
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setHeader("Allow", "POST");
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
