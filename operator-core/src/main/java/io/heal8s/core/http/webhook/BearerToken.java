// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import io.heal8s.core.http.secret.Secret;
import java.util.Optional;

/** Finds the bearer token of a request, RFC 6750 section 2.1. */
sealed interface BearerToken {
  record Absent() implements BearerToken {}

  record Repeated() implements BearerToken {}

  record Present(Secret token) implements BearerToken {}

  static BearerToken of(WebhookRequest request) {
    return switch (CredentialCheck.SingleHeader.of(request, "Authorization")) {
      case CredentialCheck.SingleHeader.Absent _ -> new Absent();
      case CredentialCheck.SingleHeader.Repeated _ -> new Repeated();
      case CredentialCheck.SingleHeader.Present(String value) ->
          token(value).<BearerToken>map(Present::new).orElseGet(Absent::new);
    };
  }

  private static Optional<Secret> token(String header) {
    String scheme = "Bearer ";
    if (!header.regionMatches(true, 0, scheme, 0, scheme.length())) {
      return Optional.empty();
    }
    String token = header.substring(scheme.length()).strip();
    return token.isEmpty() ? Optional.empty() : Optional.of(Secret.of(token));
  }
}
