// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes a {@link Problem} as the whole answer of a servlet container. */
public final class ProblemWriter {
  private ProblemWriter() {}

  /**
   * Replaces whatever was prepared by the problem. Does nothing if the answer is on its way
   * already.
   *
   * @param response the answer
   * @param problem what to say
   * @throws IOException if the caller is gone
   */
  public static void write(HttpServletResponse response, Problem problem) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.reset();
    byte[] body = problem.toJson().getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"heal8s\"");
    }
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
