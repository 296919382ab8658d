// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Judges one kind of credential. */
interface CredentialCheck {
  /**
   * Judges.
   *
   * @return empty if the request carries no credential of this kind
   * @throws IOException if the body was needed and could not be read
   */
  Optional<Authentication> check(WebhookRequest request) throws IOException;

  /** A header that may be sent once, or the refusal of one that was sent twice. */
  sealed interface SingleHeader {
    record Absent() implements SingleHeader {}

    record Repeated() implements SingleHeader {}

    record Present(String value) implements SingleHeader {}

    static SingleHeader of(WebhookRequest request, String name) {
      List<String> values = request.headers(name);
      return switch (values.size()) {
        case 0 -> new Absent();
        case 1 -> new Present(values.getFirst());
        default -> new Repeated();
      };
    }
  }
}
