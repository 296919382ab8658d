// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.inbound;

import io.heal8s.core.http.problem.Problem;
import io.heal8s.core.http.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Reads each body before the next one in the chain is asked, so that nobody behind this filter can
 * forget the limit, and answers 413, 408 or 400 itself.
 */
public final class BoundedBodyFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient BodyLimit limit;
  private final transient InstantSource clock;
  private final transient RefusalListener refusals;
  private final transient Answer answer;

  /** Writes what is refused. */
  @FunctionalInterface
  public interface Answer {
    /**
     * Writes it as the whole answer.
     *
     * @throws IOException if the caller is gone
     */
    void write(HttpServletResponse response, Problem problem) throws IOException;
  }

  /**
   * Makes the filter.
   *
   * @param limit how much of a body is read
   * @param clock measures the time that a body takes
   * @param refusals is told of each refusal
   */
  public BoundedBodyFilter(BodyLimit limit, InstantSource clock, RefusalListener refusals) {
    this(limit, clock, refusals, ProblemWriter::write);
  }

  /**
   * Makes one whose refusals have a shape of their own.
   *
   * @param limit how much of a body is read
   * @param clock measures the time that a body takes
   * @param refusals is told of each refusal
   * @param answer writes it
   */
  public BoundedBodyFilter(
      BodyLimit limit, InstantSource clock, RefusalListener refusals, Answer answer) {
    this.limit = limit;
    this.clock = clock;
    this.refusals = refusals;
    this.answer = answer;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    byte[] body;
    try {
      body =
          BoundedBody.read(request.getInputStream(), request.getContentLengthLong(), limit, clock);
    } catch (BodyRefusedException e) {
      refusals.refused(e.problem().status(), RefusalListener.BODY);
      answer.write(response, e.problem());
      return;
    }
    chain.doFilter(new BufferedBodyRequest(request, body), response);
  }
}
