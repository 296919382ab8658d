// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intake;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** Times as the API server's date-time format wants them: always with seconds. */
final class Rfc3339 {

  private Rfc3339() {}

  /** OffsetDateTime's own text leaves out seconds that are zero, which RFC 3339 does not allow. */
  static String of(OffsetDateTime time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
  }
}
