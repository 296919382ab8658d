// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as RFC 3339 with microseconds, in UTC. */
final class Times {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : FORMAT.format(time);
  }
}
