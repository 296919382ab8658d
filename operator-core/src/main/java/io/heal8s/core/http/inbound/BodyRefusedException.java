// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.inbound;

import io.heal8s.core.http.problem.Problem;
import java.io.IOException;

/** A request's body was not read to its end: too large, too slow, or broken. */
public final class BodyRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  BodyRefusedException(Problem problem) {
    super(problem.detail());
    this.problem = problem;
  }

  /**
   * What the caller is told.
   *
   * @return status 400, 408 or 413
   */
  public Problem problem() {
    return problem;
  }
}
