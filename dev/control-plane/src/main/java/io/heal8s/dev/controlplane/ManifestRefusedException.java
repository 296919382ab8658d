// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.Serial;

/** The API server refused a manifest. */
public final class ManifestRefusedException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final int code;

  ManifestRefusedException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The HTTP status, such as 403 or 422. */
  public int code() {
    return code;
  }
}
