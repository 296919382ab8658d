// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

/** A way to know who calls. */
public enum AuthMode {
  /** A shared token in the header {@code Authorization}. */
  BEARER,
  /** HMAC-SHA256 over the body, with a timestamp where the sender can give one. */
  HMAC,
  /** A client certificate that the TLS connector verified. */
  MTLS,
  /** A token of the cluster, judged by the API server. */
  TOKEN_REVIEW,
  /** Everybody is let in; stands alone. */
  NONE
}
