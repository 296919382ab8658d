// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.inbound;

import io.heal8s.core.http.webhook.WebhookRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A servlet request as the authenticator sees it; the body is read once, when first asked for. */
final class ServletWebhookRequest implements WebhookRequest {
  /** Set by the container after it has verified the chain against its trust store. */
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final HttpServletRequest request;
  private final BodyLimit limit;
  private final InstantSource clock;
  private byte @Nullable [] body;

  ServletWebhookRequest(HttpServletRequest request, BodyLimit limit, InstantSource clock) {
    this.request = request;
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }

  @Override
  public Optional<X509Certificate> peerCertificate() {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? Optional.of(chain[0])
        : Optional.empty();
  }

  @Override
  public byte[] body() throws IOException {
    byte[] known = body;
    if (known == null) {
      known =
          BoundedBody.read(request.getInputStream(), request.getContentLengthLong(), limit, clock);
      body = known;
    }
    return known;
  }
}
