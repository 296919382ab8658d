// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as GitHub writes them: UTC, whole seconds. */
final class Times {

  private Times() {}

  static String shown(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
