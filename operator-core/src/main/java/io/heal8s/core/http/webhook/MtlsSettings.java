// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of {@link AuthMode#MTLS}. The trust store belongs to the TLS connector.
 *
 * @param subjects who may call: distinguished names such as {@code CN=alertmanager,O=monitoring},
 *     or {@code dns:<name>} and {@code uri:<uri>} for a subject alternative name
 */
public record MtlsSettings(List<String> subjects) {
  static final String DNS = "dns:";
  static final String URI = "uri:";

  /** Copies the list; not set means empty. */
  public MtlsSettings(@Nullable List<String> subjects) {
    this.subjects = subjects == null ? List.of() : List.copyOf(subjects);
  }
}
