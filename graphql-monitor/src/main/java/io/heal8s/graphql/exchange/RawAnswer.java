// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back over HTTP, not yet understood. */
sealed interface RawAnswer {

  /**
   * A complete answer.
   *
   * @param status HTTP status
   * @param contentType media type without parameters, lower case; empty if none was given
   * @param retryAfter what the server asked for, null if nothing
   * @param body at most as long as was allowed
   */
  record Received(int status, String contentType, @Nullable Duration retryAfter, byte[] body)
      implements RawAnswer {}

  /**
   * No complete answer.
   *
   * @param kind what happened
   * @param message scheme, host, port and what happened; nothing of what was received
   */
  record Failed(FailureKind kind, String message) implements RawAnswer {}
}
