// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What an authenticator may know of a request. */
public interface WebhookRequest {
  /**
   * The values of a header.
   *
   * @param name any case
   * @return one for each line of that name, empty if there is none
   */
  List<String> headers(String name);

  /**
   * The caller's own certificate, whose chain the TLS connector has verified.
   *
   * @return empty if the caller showed none
   */
  Optional<X509Certificate> peerCertificate();

  /**
   * The whole body. Asked for only when nothing else can decide.
   *
   * @return the bytes as sent; not to be changed
   * @throws IOException if it is too large, too slow or broken; then the request is refused for
   *     that
   */
  byte[] body() throws IOException;
}
