// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

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
 * Stands before everything else of a webhook: refuses other methods, and bounds what all deliveries
 * at work hold in memory together. What does not fit is answered 503 at once, which is what makes a
 * sender keep the delivery and come again; waiting here would only hold its connection.
 */
public final class DeliveryGate extends HttpFilter {

  private static final long serialVersionUID = 1L;

  /** What a delivery costs beside its body; so their number is bounded too. */
  private static final int LEAST_BYTES = 4096;

  private final int maxBody;
  private final transient Semaphore bytesLeft;
  private final transient GatewayMetrics metrics;
  private final transient GatewayNews news;

  /**
   * A gate of all webhooks.
   *
   * @param maxBody largest body that is read, in bytes; counted for a body of unknown length
   * @param maxBytes what all deliveries at work may hold together, in bytes
   */
  public DeliveryGate(int maxBody, int maxBytes, GatewayMetrics metrics, GatewayNews news) {
    this.maxBody = maxBody;
    this.bytesLeft = new Semaphore(maxBytes);
    this.metrics = metrics;
    this.news = news;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long begin = System.nanoTime();
    try {
      if (request.getMethod().equals("POST")) {
        admit(request, response, chain);
      } else {
        refuseMethod(response);
      }
    } finally {
      // Servlets are registered under the id of their source.
      String endpoint = request.getHttpServletMapping().getServletName();
      metrics.answered(endpoint, response.getStatus(), System.nanoTime() - begin);
    }
  }

  private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    long length = request.getContentLengthLong();
    int bytes = (int) Math.max(LEAST_BYTES, length < 0 ? maxBody : Math.min(length, maxBody));
    if (!bytesLeft.tryAcquire(bytes)) {
      news.refused(HttpServletResponse.SC_SERVICE_UNAVAILABLE, Trouble.Busy.name());
      ProblemWriter.write(
          response,
          Problem.serviceUnavailable(
              "As many deliveries as fit are at work; send this one again in a moment."));
      return;
    }
    try {
      chain.doFilter(request, response);
    } finally {
      bytesLeft.release(bytes);
    }
  }

  private void refuseMethod(HttpServletResponse response) throws IOException {
    int status = HttpServletResponse.SC_METHOD_NOT_ALLOWED;
    news.refused(status, "Method");
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
