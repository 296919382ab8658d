// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.inbound;

/** Is told of requests that a filter answered itself, so that they can be counted. */
@FunctionalInterface
public interface RefusalListener {
  /** Reason of refusals that are due to the body, beside those of {@code RefusalReason}. */
  String BODY = "Body";

  /** Counts nothing. */
  RefusalListener NONE = (status, reason) -> {};

  /**
   * A request was refused.
   *
   * @param status HTTP status code of the answer
   * @param reason {@link #BODY} or the name of a {@code RefusalReason}: a closed set, fit for a
   *     metric's label
   */
  void refused(int status, String reason);
}
