// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.Serial;

/** A cluster did not start or did not come back; the message says why and what to change. */
public final class ClusterException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  ClusterException(String message) {
    super(message);
  }

  ClusterException(String message, Throwable cause) {
    super(message, cause);
  }
}
