// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.Serial;

/** A program is not in the cache and cannot be built here; the message says what to install. */
public final class ProgramUnavailableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  ProgramUnavailableException(String message) {
    super(message);
  }

  ProgramUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
