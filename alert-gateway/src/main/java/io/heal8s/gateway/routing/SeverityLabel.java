// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import io.heal8s.core.api.k8shealer.remediation.Severity;
import java.util.Locale;

/** Reads the label {@code severity}, which everybody spells differently. */
public final class SeverityLabel {

  private SeverityLabel() {}

  /**
   * The severity that a label means. What is missing or unknown is a warning: it neither hides an
   * alert nor makes it more urgent than its author said.
   *
   * @param value the label's value, any case; empty when there is none
   */
  public static Severity of(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "critical", "crit", "fatal", "emergency", "disaster", "page", "high", "error" ->
          Severity.critical;
      case "info", "informational", "information", "notice", "low", "none", "debug" ->
          Severity.info;
      default -> Severity.warning;
    };
  }
}
