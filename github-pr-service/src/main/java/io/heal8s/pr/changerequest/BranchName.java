// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.changerequest;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.decide.naming.StableHash;
import io.heal8s.pr.intent.Marker;
import java.util.Locale;

/**
 * Names of our branches: {@code heal8s/<action>/<target>-<8 hex>} and {@code
 * heal8s/revert/<target>-<8 hex>}, the hex digits from SHA-256 over cluster and Remediation. The
 * same Remediation always has the same two names, in every process and after every crash.
 */
final class BranchName {

  private static final int LONGEST_TARGET = 100;
  private static final int HEX = 8;

  private BranchName() {}

  static String of(Marker marker, ActionType action, String target) {
    String kind =
        switch (marker.lane()) {
          case CHANGE -> kebab(action.name());
          case REVERT -> "revert";
        };
    String hash =
        new StableHash()
            .text(marker.cluster())
            .text(marker.namespace() + "/" + marker.name())
            .hex(HEX);
    return "heal8s/" + kind + "/" + part(target) + "-" + hash;
  }

  private static String kebab(String camel) {
    return camel.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  /** A part of a ref name by the rules of git-check-ref-format(1), of letters git and URLs keep. */
  private static String part(String target) {
    String plain =
        target
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9.-]", "-")
            .replaceAll("\\.{2,}", ".")
            .replaceAll("^[.-]+", "");
    return plain.length() > LONGEST_TARGET ? plain.substring(0, LONGEST_TARGET) : plain;
  }
}
